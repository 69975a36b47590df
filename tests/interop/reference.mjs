// SPDX-License-Identifier: Apache-2.0
// The formats of docs/ledger-format.md a second time, by definition and slowly, over Node's own
// crypto and nothing of ours: what it writes our C++ must read, and the other way round.
import crypto from 'node:crypto';

export const sha256 = (...parts) => {
  const hash = crypto.createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};
export const leafHash = (entry) => sha256(Buffer.of(0), entry);
const nodeHash = (left, right) => sha256(Buffer.of(1), left, right);

// RFC 6962 section 2.1, as it stands there.
const split = (n) => { let k = 1; while (k * 2 < n) k *= 2; return k; };
export function root(leaves) {
  if (leaves.length === 0) return sha256(Buffer.alloc(0));
  if (leaves.length === 1) return leaves[0];
  const k = split(leaves.length);
  return nodeHash(root(leaves.slice(0, k)), root(leaves.slice(k)));
}
export function path(index, leaves) {
  if (leaves.length <= 1) return [];
  const k = split(leaves.length);
  return index < k ? [...path(index, leaves.slice(0, k)), root(leaves.slice(k))]
                   : [...path(index - k, leaves.slice(k)), root(leaves.slice(0, k))];
}
export const consistency = (m, leaves) => (m === 0 ? [] : subproof(m, leaves, true));
function subproof(m, leaves, whole) {
  if (m === leaves.length) return whole ? [] : [root(leaves)];
  const k = split(leaves.length);
  return m <= k ? [...subproof(m, leaves.slice(0, k), whole), root(leaves.slice(k))]
                : [...subproof(m - k, leaves.slice(k), false), root(leaves.slice(0, k))];
}

// Signed notes: kind 1 signs the text, kind 4 the text behind a header and a time.
const DER_SECRET = Buffer.from('302e020100300506032b657004220420', 'hex');
const DER_PUBLIC = Buffer.from('302a300506032b6570032100', 'hex');
export function keyOf(name, kind, seed) {
  const secret = crypto.createPrivateKey({key: Buffer.concat([DER_SECRET, seed]), format: 'der', type: 'pkcs8'});
  const spki = crypto.createPublicKey(secret).export({format: 'der', type: 'spki'});
  const raw = Buffer.concat([Buffer.of(kind), spki.subarray(-32)]);
  const id = sha256(name, '\n', raw).subarray(0, 4);
  return {name, kind, secret, id, vkey: `${name}+${id.toString('hex')}+${raw.toString('base64')}`,
    stored: `PRIVATE+KEY+${name}+${id.toString('hex')}+${Buffer.concat([Buffer.of(kind), seed]).toString('base64')}`};
}
const uint = (value, bytes) => Buffer.from(BigInt(value).toString(16).padStart(bytes * 2, '0'), 'hex');
const signedText = (kind, text, time) => (kind === 4 ? `cosignature/v1\ntime ${time}\n${text}` : text);
export function line(key, text, time = 0) {
  const signature = crypto.sign(null, Buffer.from(signedText(key.kind, text, time)), key.secret);
  const parts = key.kind === 4 ? [key.id, uint(time, 8), signature] : [key.id, signature];
  return `\u2014 ${key.name} ${Buffer.concat(parts).toString('base64')}\n`;
}

// True, false, or null where no line is of that key. `vkey` as printed.
export function verifyNote(note, vkey) {
  const [name, hex] = vkey.split('+', 2);
  const raw = Buffer.from(vkey.slice(name.length + hex.length + 2), 'base64');
  if (sha256(name, '\n', raw).subarray(0, 4).toString('hex') !== hex) return false;
  const key = crypto.createPublicKey({key: Buffer.concat([DER_PUBLIC, raw.subarray(1)]), format: 'der', type: 'spki'});
  const end = note.lastIndexOf('\n\n');
  const text = note.slice(0, end + 1);
  for (const one of note.slice(end + 2).trimEnd().split('\n')) {
    const [, who, data] = one.split(' ');
    const bytes = Buffer.from(data, 'base64');
    if (who !== name || bytes.subarray(0, 4).toString('hex') !== hex) continue;
    const time = raw[0] === 4 ? bytes.readBigUInt64BE(4) : 0;
    return crypto.verify(null, Buffer.from(signedText(raw[0], text, time)), key, bytes.subarray(raw[0] === 4 ? 12 : 4));
  }
  return null;
}
export const checkpoint = (origin, leaves) => `${origin}\n${leaves.length}\n${root(leaves).toString('base64')}\n`;

// Entries of an onus ledger.
const named = (name) => Buffer.concat([Buffer.of(name.length), Buffer.from(name)]);
const pad = (content) => {
  const bytes = Buffer.concat([content, Buffer.of(0x80)]);
  return Buffer.concat([bytes, Buffer.alloc((64 - (bytes.length % 64)) % 64)]);
};
export const commitment = (id, name, salt, content) => crypto.createHmac('sha256', salt)
  .update('onus-commitment/v1\n').update(id).update(named(name)).update(pad(content)).digest();
export const recordEntry = (id, groups) => Buffer.concat([Buffer.from('onus-entry/v1 record\n'), id, Buffer.of(groups.length),
  ...groups.flatMap(({name, salt, content}) => [named(name), commitment(id, name, salt, content)])]);
export const opening = (groups) => Buffer.concat([Buffer.of(groups.length), ...groups.flatMap(({name, salt, content, erased}) => {
  const bytes = pad(content);
  return [named(name), uint(bytes.length, 4), Buffer.of(erased ? 0 : 1), erased ? Buffer.alloc(32) : salt, erased ? Buffer.alloc(bytes.length) : bytes];
})]);
export const erasureEntry = (index, names, ground) => Buffer.concat([Buffer.from('onus-entry/v1 erasure\n'), uint(index, 8),
  Buffer.of(names.length), ...names.map(named), Buffer.from(ground)]);
export const statementEntry = (text) => Buffer.from(`onus-entry/v1 statement\n${text}`);
export const extra = (entry, opened) => Buffer.concat([uint(entry.length, 2), entry, opened]);
export const proofFile = (extraBytes, index, hashes, note) => ['c2sp.org/tlog-proof@v1',
  ...(extraBytes ? [`extra ${extraBytes.toString('base64')}`] : []), `index ${index}`,
  ...hashes.map((hash) => hash.toString('base64')), '', note].join('\n');
