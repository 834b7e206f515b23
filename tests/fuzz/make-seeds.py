#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes seeds of what is in the repository anyway, and a dictionary of the names in the sources: make-seeds.py SOURCE FOLDER
writes FOLDER/TARGET/NAME and FOLDER/words.dict. What the fuzzers found besides is in corpus/."""
import json
import pathlib
import re
import sys

source, folder = map(pathlib.Path, sys.argv[1:])
NUL, END = b'\0', b'\x1e'


def put(target, name, content):
    place = folder / target
    place.mkdir(parents=True, exist_ok=True)
    (place / name).write_bytes(content)


def put_codec():
    """The shapes in the order of their tables: kinds, commands, bodies."""
    goldens = {path.stem: path.read_bytes() for path in (source / 'tests/golden').glob('*.json')}
    for number in range(67):
        for name, text in goldens.items():
            if number % 9 == 0 or name in ('message', 'case', 'form', 'deadline'):
                put('codec', f'{number}-{name}', bytes([number + (128 if number % 2 else 0)]) + text)
    names = sorted(set(re.findall(r'\((?:\w+, )?"([a-z_0-9]+)"', (source / 'src/core/ehcp-commands.c').read_text())))
    for number in range(67):
        put('codec', f'{number}-names', bytes([number]) + json.dumps({name: 'x' for name in names[number % 7::7]}).encode())


def put_forms():
    for path in (source / 'data/forms').glob('*.json'):
        text = path.read_bytes()
        put('form', path.stem, text)
        put('form', path.stem + '-answered', text + END + END.join([b'yes', b'no', b'2020-02-03', b'a\nb\nc\nM1 1AA', b'x']))
    little = {'name': 'a@1', 'title': 't', 'intro': 'i', 'submit': 's', 'next': 'n', 'pages': [
        {'id': 'p', 'title': 't', 'group': 'g', 'questions': [
            {'id': 'q', 'kind': 'yes-no', 'label': 'l', 'required': True, 'missing': 'm'},
            {'id': 'r', 'kind': 'several', 'label': 'l', 'choices': [{'id': 'a', 'label': 'l'}, {'id': 'b', 'label': 'l'}],
             'if': {'question': 'q', 'is': 'yes'}}]}]}
    put('form', 'little', json.dumps(little).encode() + END + b'yes' + END + b'a\nb')


def put_feeds():
    for path in (source / 'tests/app').glob('*.json'):
        body = b'{"epoch":"e","state":"s","records":' + path.read_bytes() + b'}'
        put('calendar', path.stem, body)
        if len(body) < 20000:
            put('answers', path.stem, b'\0\n\n\n\n\n' + body)
    deadline = (source / 'tests/golden/deadline.json').read_bytes()
    put('calendar', 'deadline', b'{"epoch":"e","state":"s","records":{"deadline":[' + deadline + b']}}')


def put_answers():
    heads = b'/v1/uploads/1\nbytes 0-1/2\n12\n30\n2026-11-24T14:00:00Z\n'
    put('answers', 'problem', b'\x09' + heads + b'{"type":"about:blank","code":"too-many","field":"/code","status":429}')
    put('answers', 'service', b'\0' + heads + json.dumps({
        'name': 'n', 'team': 't', 'telephone': '1', 'email': 'e', 'hours': 'h', 'versions': {'min': 1, 'max': 1},
        'limits': {'file_bytes': 1, 'command_bytes': 2}, 'password': {'min': 12, 'max': 128}, 'message_types': ['a'],
        'stage_texts': [{'stage': 'a', 'title': 'b', 'summary': 'c', 'text': 'd'}], 'now': '2026-11-24T14:00:00Z'}).encode())
    put('answers', 'sent', b'\0' + heads + json.dumps({
        'id': 'x', 'sent_to': 'h', 'expires_at': '2026-11-24T14:00:00Z', 'resend_after': '2026-11-24T14:00:00Z'}).encode())
    put('answers', 'authenticator', b'\0' + heads + json.dumps({
        'authenticator': {'is_new': True, 'secret': 's', 'uri': 'otpauth://totp/x'},
        'expires_at': '2026-11-24T14:00:00Z', 'now': '2026-11-24T14:00:00Z'}).encode())
    put('answers', 'history', b'\0' + heads + json.dumps({'rows': [
        {'number': 1, 'at': '2026-11-24T14:00:00Z', 'what': 'note.add', 'account': 'a', 'role': 'caseworker'}],
        'has_more': True}).encode())
    put('answers', 'session', json.dumps({'account': 'a' * 36, 'token': 't', 'key': 'AAAA', 'signed_in_at': 1}).encode())
    put('answers', 'gone', b'\0' + heads + json.dumps({
        'epoch': 'e', 'state': 's', 'has_more': False, 'records': {}, 'gone': [{'kind': 'message', 'id': 'x'}],
        'granted': ['a'], 'revoked': ['b']}).encode())


def put_rest():
    for number, state in enumerate(['01234567.10.10.10', '01234567.0.0.0', '89abcdef.5.6.7', '01234567.999999999999999999.1.1', '']):
        put('feed', str(number), state.encode())
    for number, text in enumerate(['Dear {family}\nHelen', 'By {due:final-plan}.\n24 November', '{child} {unheard-of} {\n}']):
        put('template', str(number), text.encode())
    for number in range(18):
        put('mail', str(number), bytes([number]) + END.join(
            [b'h@family.example', b'Wyreshire', b'Helen\r\nBcc: x@y.example', b'123456', b'10', b'https://b.example/accept/K7QM4XHD',
             b'K7QM-4XHD', b'letter', b'T\xc3\xaftle', b'<b>', b'WY-1', b'now', b'1 abc']))
    for number, text in enumerate([
            'filename YS5wZGY=,sha256 ' + 'YWFh' * 21 + 'YQ==', 'bytes=0-499', 'bytes=-5', 'bytes=9500-', 'sha256 AAAA', '12',
            '"e"', '*', 'bytes=0-0,-1', 'bytes=18446744073709551615-', 'filename ,sha256 ']):
        put('upload', str(number), text.encode())
    identity = '11111111-1111-4111-8111-111111111111'
    routes = re.findall(r'\{ "([A-Z]+)", "([^"]+)"', (source / 'src/council/ehcp-routes.c').read_text())
    methods = ['GET', 'PUT', 'POST', 'DELETE', 'HEAD', 'PATCH', 'OPTIONS']
    for number, (method, path) in enumerate(routes):
        path = path.replace('ID', identity).replace('CODE', 'K7QM4XHD')
        put('request', str(number), bytes([methods.index(method)]) + f'{path}\n203.0.113.7, 2001:db8::1\n'.encode() +
            b'{"code":"123456","device":"d"}')
    put('config', 'example', (source / 'data/council.conf.example').read_bytes())
    put('config', 'short', b'[council]\nname=W\nurl=https://w.example\nmessage-types=A\ndata=.\n[mail]\ntransport=folder\nfolder=m\n')
    for number, name in enumerate([b'../../etc/passwd', b'a\nb.pdf', b'gpj.\xe2\x80\xaefdp.exe', b'.bashrc', b'x' * 300 + b'.pdf',
                                   b'Z\xc3\xbce.txt', b'\xff.pdf', b'CON', b'']):
        put('names', str(number), name + NUL + b'%PDF-1.4')
        put('names', f'{number}-zip', name + NUL + b'PK\x03\x04' + b'word/document.xml')


def put_words():
    words = set()
    for path in list((source / 'src/core').glob('*.c')) + [source / 'src/council/ehcp-config.c', source / 'src/rules/ehcp-rules-table.c']:
        if path.exists():
            words.update(re.findall(r'"([A-Za-z][A-Za-z0-9@._ -]{1,30})"', path.read_text()))
    (folder / 'words.dict').write_text(''.join(f'"{word}"\n' for word in sorted(words)), encoding='utf-8')


put_codec()
put_forms()
put_feeds()
put_answers()
put_rest()
put_words()
