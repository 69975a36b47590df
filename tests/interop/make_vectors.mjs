// SPDX-License-Identifier: Apache-2.0
// node tests/interop/make_vectors.mjs > tests/vectors/ledger.json
// Writes the vectors of docs/ledger-format.md with the reference beside this file. Keys and salts
// are hashes of words: test use only.
import * as ref from './reference.mjs';

const hex = (bytes) => Buffer.from(bytes).toString('hex');
const b64 = (bytes) => Buffer.from(bytes).toString('base64');
const log = ref.keyOf('ledger.example/fairhollow', 1, ref.sha256('log'));
const witnesses = ['w1', 'w2', 'w3'].map((name) => ref.keyOf(`witness.example/${name}`, 4, ref.sha256(name)));

const content = {subject: 'IL|ABC1234', actor: 'Fairhollow PD|badge 114', purpose: 'stolen vehicle, report 2026-0042', decision: 'allowed'};
const id = ref.sha256('id').subarray(0, 16);
const groups = Object.entries(content).map(([name, text]) => ({name, salt: ref.sha256(`salt ${name}`), content: Buffer.from(text)}));
const edges = [0, 62, 63, 64, 127, 128].map((size, i) => ({name: 'abcdef'[i], salt: ref.sha256(`edge ${size}`), content: Buffer.alloc(size, 120)}));

const entries = [ref.recordEntry(id, groups), ref.statementEntry('rules il-2025 sha256 00\n'),
  ref.erasureEntry(0, ['subject'], 'Art. 17(1)(d) GDPR'), Buffer.alloc(0)];
while (entries.length < 300) entries.push(Buffer.from(`entry ${entries.length}`));
const leaves = entries.map(ref.leafHash);
const sizes = [0, 1, 2, 3, 4, 5, 7, 8, 9, 255, 256, 257, 300];
const note = (size, signers) => {
  const text = ref.checkpoint(log.name, leaves.slice(0, size));
  return `${text}\n${signers.map((key, i) => ref.line(key, text, 1790000000 + i)).join('')}`;
};
const cosigned = note(300, [log, ...witnesses.slice(0, 2)]);
const policyText = (quorum) => [`log ${log.vkey}`, ...witnesses.map((key, i) => `witness w${i + 1} ${key.vkey}`),
  'group two 2 w1 w2 w3', quorum, ''].join('\n');
const receipt = ref.proofFile(ref.extra(entries[0], ref.opening(groups)), 0, ref.path(0, leaves), cosigned);
const erased = groups.map((group) => ({...group, erased: group.name === 'subject'}));

process.stdout.write(JSON.stringify({
  keys: [log, ...witnesses].map(({name, kind, vkey, stored}) => ({name, kind, vkey, secret: stored})),
  entries: {
    record: {id: hex(id), groups: groups.map((g) => ({name: g.name, salt: hex(g.salt), content: hex(g.content),
      commitment: hex(ref.commitment(id, g.name, g.salt, g.content))})), entry: hex(entries[0]), opening: hex(ref.opening(groups))},
    record_after_erasure: {opening: hex(ref.opening(erased))},
    padding: {id: hex(id), groups: edges.map((g) => ({name: g.name, salt: hex(g.salt), content: hex(g.content),
      commitment: hex(ref.commitment(id, g.name, g.salt, g.content))})), entry: hex(ref.recordEntry(id, edges)), opening: hex(ref.opening(edges))},
    statement: {text: 'rules il-2025 sha256 00\n', entry: hex(entries[1])},
    erasure: {index: 0, groups: ['subject'], ground: 'Art. 17(1)(d) GDPR', entry: hex(entries[2])},
  },
  tree: {
    entries: 'the four entries record, statement, erasure, empty; then "entry N" up to 300',
    roots: sizes.map((size) => ({size, root: b64(ref.root(leaves.slice(0, size)))})),
    inclusion: [[0, 1], [0, 300], [2, 3], [255, 256], [255, 300], [256, 257], [299, 300], [128, 300]].map(([index, size]) => (
      {index, size, leaf: b64(leaves[index]), proof: ref.path(index, leaves.slice(0, size)).map(b64)})),
    consistency: [[0, 4], [1, 2], [3, 7], [4, 8], [7, 300], [255, 257], [256, 300], [300, 300]].map(([from, size]) => (
      {from, size, proof: ref.consistency(from, leaves.slice(0, size)).map(b64)})),
  },
  notes: sizes.map((size) => ({size, note: note(size, [log])})),
  cosigned: {note: cosigned, times: [1790000001, 1790000002]},
  policies: [
    {text: policyText('quorum two'), quorum: true, witnesses: ['w1', 'w2']},
    {text: policyText('quorum w3'), quorum: false, witnesses: ['w1', 'w2']},
    {text: policyText('quorum none'), quorum: true, witnesses: ['w1', 'w2']},
  ],
  receipt,
}, null, 1) + '\n');
