// SPDX-License-Identifier: GPL-3.0-or-later
// The peer of the council's server: Fastify and better-sqlite3 on a copy of the same database, with the
// same token check, the same queries, the same settings and the same durability. Serves GET /v1/changes
// for somebody who is up to date, and PUT /v1/commands/ID with message.send.
import { createHash, randomUUID } from 'node:crypto';
import Database from 'better-sqlite3';
import Fastify from 'fastify';

const [, , path, port] = process.argv;
const db = new Database(path);
db.pragma('journal_mode = WAL');
db.pragma('synchronous = FULL');
db.pragma('foreign_keys = ON');
db.pragma('secure_delete = ON');
db.pragma('cache_size = -16384');
db.pragma('temp_store = MEMORY');
db.pragma('wal_autocheckpoint = 4000');

const session = db.prepare(`SELECT session.id, session.account, credential.role, session.expires_at,
  session.last_used_at FROM session JOIN credential ON credential.account = session.account
  WHERE token_hash = ? AND is_disabled = 0`);
const head = db.prepare('SELECT seq, forgotten, epoch FROM feed WHERE id = 1');
const access = db.prepare(`SELECT standing, person FROM access
  WHERE account = ? AND case_id = ? AND ended_seq = 0`);
const receipt = db.prepare('SELECT account, body, answer FROM receipt WHERE id = ?');
const addReceipt = db.prepare(`INSERT INTO receipt (id, account, kind, body, answer, done_at)
  VALUES (?, ?, ?, ?, ?, ?)`);
const account = db.prepare(`SELECT record.id, forename, surname FROM record
  JOIN kind_account ON kind_account.id = record.id WHERE record.id = ?`);
const cover = db.prepare(`SELECT id FROM kind_cover WHERE (state = 'planned' AND "from" <= ?)
  OR (state IN ('planned', 'active') AND until < ?)`);
const envelope = db.prepare('SELECT kind, case_id, audience, owner, named FROM record WHERE id = ?');
const caseOf = db.prepare(`SELECT record.id, kind_case.* FROM record JOIN kind_case ON kind_case.id = record.id
  WHERE record.id = ?`);
const nextSeq = db.prepare('UPDATE feed SET seq = seq + 1 WHERE id = 1 RETURNING seq');
const addRecord = db.prepare(`INSERT INTO record (id, kind, case_id, seq, audience, owner, named)
  VALUES (?, ?, ?, ?, ?, NULL, ?)`);
const addMessage = db.prepare(`INSERT INTO kind_message (id, thread, message_type, subject, text, sender,
  sender_name, from_council, composed_at, received_at) VALUES (?, ?, ?, ?, ?, ?, ?, 0, ?, ?)`);
const addActivity = db.prepare(`INSERT INTO kind_activity (id, what, who, at, item, title)
  VALUES (?, 'message-sent', ?, ?, ?, ?)`);
const raiseHead = db.prepare(`INSERT INTO case_head (case_id, seq) VALUES (?, ?)
  ON CONFLICT (case_id) DO UPDATE SET seq = excluded.seq`);
const lastAudit = db.prepare('SELECT number, hash FROM audit_head');
const moveAudit = db.prepare('UPDATE audit_head SET number = ?, hash = ?');
const addAudit = db.prepare(`INSERT INTO audit (number, at, account, session, what, case_id, item, detail, hash)
  VALUES (?, ?, ?, ?, 'message.send', ?, ?, NULL, ?)`);

const sha256 = (text) => createHash('sha256').update(text).digest('hex');
const app = Fastify({ logger: false });

const kept = new Map(); // sessions that were read once, as the council's server keeps them

function signedIn(request, reply) {
  const header = request.headers.authorization ?? '';
  const hash = sha256(Buffer.from(header.slice(7), 'base64url'));
  const row = kept.get(hash) ?? session.get(hash);
  if (row) kept.set(hash, row);
  if (!row || row.expires_at < Date.now() / 1000) reply.code(401).send({ code: 'not-signed-in' });
  return row;
}

app.get('/v1/changes', (request, reply) => {
  const who = signedIn(request, reply);
  if (!who) return;
  const { seq, epoch } = head.get();
  const [of, effective, own, base] = (request.query.since ?? '').split('.');
  if (of !== epoch.slice(0, 8) || Number(effective) !== seq || Number(own) !== seq) {
    reply.code(501).send({});
    return;
  }
  reply.send({ epoch, state: `${of}.${effective}.${own}.${base}`, has_more: false, records: {}, gone: [],
    granted: [], revoked: [] });
});

const carryOut = db.transaction((who, id, body, text) => {
  const known = receipt.get(id);
  if (known) return known.answer;
  const now = new Date().toISOString().slice(0, 19) + 'Z';
  const sender = account.get(who.account);
  const today = Math.floor(Date.now() / 86400000) + 719163;
  if (cover.get(today, today) || envelope.get(id)) return null;
  const grant = access.get(who.account, body.case);
  if (!sender || !grant || !caseOf.get(body.case) || !envelope.get(body.case)) return null;
  const name = `${sender.forename} ${sender.surname}`;
  const thread = body.thread ?? id;
  let { seq } = nextSeq.get();
  addRecord.run(id, 'message', body.case, seq, 'named', ` ${grant.person} `);
  addMessage.run(id, thread, body.message_type, body.subject, body.text, who.account, name, body.composed_at, now);
  raiseHead.run(body.case, seq);
  ({ seq } = nextSeq.get());
  const activity = randomUUID();
  if (envelope.get(activity)) return null;
  addRecord.run(activity, 'activity', body.case, seq, 'named', ` ${grant.person} `);
  addActivity.run(activity, name, now, id, body.subject);
  raiseHead.run(body.case, seq);
  const last = lastAudit.get();
  const hash = sha256(`${last.hash}${last.number + 1}${now}${who.account}${who.id}message.send${body.case}${id}`);
  addAudit.run(last.number + 1, now, who.account, who.id, body.case, id, hash);
  moveAudit.run(last.number + 1, hash);
  const answer = JSON.stringify({ id, state: `${seq}.${seq}`, result: {} });
  addReceipt.run(id, who.account, 'message.send', sha256(text), answer, now);
  return answer;
});

app.removeAllContentTypeParsers();
app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => done(null, body));

app.put('/v1/commands/:id', (request, reply) => {
  const who = signedIn(request, reply);
  if (!who) return;
  const body = JSON.parse(request.body);
  if (body.kind !== 'message.send' || !body.case || !body.subject || !body.text) {
    reply.code(422).send({ code: 'missing' });
    return;
  }
  const answer = carryOut.immediate(who, request.params.id, body, request.body);
  if (answer === null) reply.code(404).send({ code: 'not-found' });
  else reply.type('application/json').send(answer);
});

await app.listen({ host: '127.0.0.1', port: Number(port) });
console.log('ready');
