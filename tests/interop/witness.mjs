// SPDX-License-Identifier: Apache-2.0
// A witness as C2SP tlog-witness asks for, over Node's own HTTP and crypto; shares no code with onus.
// node witness.mjs NAME LOG_VKEY         prints its port; GET /last tells what it remembers
import http from 'node:http';
import * as ref from './reference.mjs';

const [name, logVkey] = process.argv.slice(2);
const key = ref.keyOf(`witness.example/${name}`, 4, ref.sha256(name));
let last = {size: 0, root: ref.sha256()};

// RFC 9162, 2.1.4.2.
function consistent(first, second, firstRoot, secondRoot, proof) {
  if (first === 0) return proof.length === 0;
  if (first === second) return proof.length === 0 && firstRoot.equals(secondRoot);
  const path = (first & (first - 1)) === 0 ? [firstRoot, ...proof] : [...proof];
  let [fn, sn] = [first - 1, second - 1];
  while (fn & 1) [fn, sn] = [fn >> 1, sn >> 1];
  let [fr, sr] = [path[0], path[0]];
  for (const c of path.slice(1)) {
    if (sn === 0) return false;
    if ((fn & 1) || fn === sn) {
      [fr, sr] = [ref.sha256(Buffer.of(1), c, fr), ref.sha256(Buffer.of(1), c, sr)];
      while (!(fn & 1) && fn !== 0) [fn, sn] = [fn >> 1, sn >> 1];
    } else {
      sr = ref.sha256(Buffer.of(1), sr, c);
    }
    [fn, sn] = [fn >> 1, sn >> 1];
  }
  return sn === 0 && fr.equals(firstRoot) && sr.equals(secondRoot);
}

function addCheckpoint(body) {
  const gap = body.indexOf('\n\n');
  const [old, ...proof] = body.slice(0, gap).split('\n');
  const note = body.slice(gap + 2);
  if (ref.verifyNote(note, logVkey) !== true) return [403, ''];
  const [, size, root] = note.split('\n');
  const next = {size: Number(size), root: Buffer.from(root, 'base64')};
  const oldSize = Number(old.slice(4));
  if (oldSize > next.size) return [400, ''];
  if (oldSize !== last.size) return [409, `${last.size}\n`];
  if (!consistent(oldSize, next.size, last.root, next.root, proof.map((line) => Buffer.from(line, 'base64')))) return [422, ''];
  last = next;
  return [200, ref.line(key, note.slice(0, note.lastIndexOf('\n\n') + 1), 1790000000)];
}

http.createServer((request, response) => {
  const parts = [];
  request.on('data', (part) => parts.push(part));
  request.on('end', () => {
    const [status, answer] = request.url === '/w/add-checkpoint' ? addCheckpoint(Buffer.concat(parts).toString())
      : request.url === '/last' ? [200, `${last.size}\n`] : [404, ''];
    response.writeHead(status, {'Content-Type': status === 409 ? 'text/x.tlog.size' : 'text/plain'});
    response.end(answer);
  });
}).listen(0, '127.0.0.1', function () { console.log(this.address().port); });
