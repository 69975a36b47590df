// SPDX-License-Identifier: Apache-2.0
// node notes.mjs check NOTE_FILE VKEY...        every key must have signed, by Node's own crypto
// node notes.mjs cosign REQUEST_FILE NAME       answers an add-checkpoint request as a witness would
// node notes.mjs vkey NAME                      the key of that witness
import fs from 'node:fs';
import * as ref from './reference.mjs';

const [command, ...args] = process.argv.slice(2);
const witness = (name) => ref.keyOf(`witness.example/${name}`, 4, ref.sha256(name));
if (command === 'check') {
  const note = fs.readFileSync(args[0], 'utf8');
  for (const vkey of args.slice(1)) {
    if (ref.verifyNote(note, vkey) !== true) throw new Error(`not signed by ${vkey}`);
  }
  console.log(`${args.length - 1} signatures hold`);
} else if (command === 'cosign') {
  const body = fs.readFileSync(args[0], 'utf8');
  const note = body.slice(body.indexOf('\n\n') + 2);
  process.stdout.write(ref.line(witness(args[1]), note.slice(0, note.lastIndexOf('\n\n') + 1), 1790000000));
} else {
  console.log(witness(args[0]).vkey);
}
