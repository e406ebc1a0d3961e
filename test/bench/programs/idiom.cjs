// How smaps and maps are usually read in Node, without regard to time: the whole file as a string,
// split into lines, a regular expression for each.
const { readFileSync } = require('node:fs');

const HEADER = /^([0-9a-f]+)-([0-9a-f]+) (\S{4}) ([0-9a-f]+) (\S+) (\d+)\s*(.*)$/;
const FIELD = /^(\w+):\s+(\d+)(?: kB)?$/;
const TEXT = /^(\w+):\s+(.*)$/;

/** The mappings in /proc/PID/FILE as objects, with all fields of smaps. */
function readByIdiom(pid, file) {
  const mappings = [];
  let current;
  for (const line of readFileSync(`/proc/${pid}/${file}`, 'utf8').split('\n')) {
    const header = line.match(HEADER);
    if (header) {
      const [, start, end, perms, offset, device, inode, name] = header;
      const range = { start: Number.parseInt(start, 16), end: Number.parseInt(end, 16) };
      current = { ...range, perms, offset, device, inode, name, fields: {} };
      mappings.push(current);
      continue;
    }
    const field = line.match(FIELD);
    if (field) current.fields[field[1]] = Number(field[2]);
    else {
      const text = line.match(TEXT);
      if (text) current.fields[text[1]] = text[2];
    }
  }
  return mappings;
}

module.exports = { readByIdiom };

// As a program: node idiom.cjs PID LEAST_MAPPINGS
if (require.main === module) {
  const [pid, least] = process.argv.slice(2).map(Number);
  if (readByIdiom(pid, 'smaps').length < least) throw new Error('mappings are missing');
}
