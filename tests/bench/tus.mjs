// SPDX-License-Identifier: GPL-3.0-or-later
// The peer: @tus/server with its file store. usage: node tus.mjs FOLDER PORT
import { Server } from "@tus/server";
import { FileStore } from "@tus/file-store";

const [folder, port] = process.argv.slice(2);
const server = new Server({ path: "/v1/uploads", datastore: new FileStore({ directory: folder }) });
server.listen({ host: "127.0.0.1", port: Number(port) }, () => console.log("ready"));
