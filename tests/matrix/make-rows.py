#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the lists of the matrix of the programs that print the code's own tables: one line for each route and each
command, which names its row in routes.h or commands.h. A route or command without its row does not compile."""
import json
import re
import subprocess
import sys


def ask(program):
    return json.loads(subprocess.run([program], check=True, stdout=subprocess.PIPE).stdout)


def name_route(route):
    return re.sub(r'[^a-z0-9]+', '_', (route['method'] + route['pattern']).lower())


def main(tables, routes, output):
    lines = ['/* Made by make-rows.py of the code’s own tables. */', 'static const CommandRow *const command_rows[] = {']
    lines += [f'  &command_{kind.replace(".", "_")},' for kind in ask(tables)['commands']]
    lines += ['};', 'static const char *const command_names[] = {']
    lines += [f'  "{kind}",' for kind in ask(tables)['commands']]
    lines += ['};', 'static const RouteRow *const route_rows[] = {']
    found = ask(routes)
    lines += [f'  &route_{name_route(route)},' for route in found]
    lines += ['};', 'static const RouteName route_names[] = {']
    lines += [f'  {{ "{route["method"]}", "{route["pattern"]}" }},' for route in found]
    lines += ['};', '']
    with open(output, 'w', encoding='utf-8') as file:
        file.write('\n'.join(lines))


if __name__ == '__main__':
    main(*sys.argv[1:])
