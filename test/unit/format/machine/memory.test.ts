import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { ByteWriter } from '../../../../src/format/byte-writer.ts';
import { FORMATS, type MachineFormatName } from '../../../../src/format/machine/formats.ts';
import { SmapsReader } from '../../../../src/proc/maps/smaps-reader.ts';
import type { ByteSource } from '../../../../src/proc/source/byte-source.ts';
import { headOf, rows } from '../../../support/reports.ts';

const MAPPINGS = 300_000;
/** The row at which memory is measured first: by then all code has run often. */
const EARLY = 30_000;
const PAGE = 4096;
/** A single number kept per row would take more. */
const BOUND = 2 * 1024 * 1024;
const FIELDS =
  'Size: 4 kB\nRss: 4 kB\nPss: 2 kB\nShared_Dirty: 0 kB\nPrivate_Clean: 1 kB\n' +
  'Private_Dirty: 3 kB\nTHPeligible: 0\nVmFlags: rd wr mr mw me ac \n';

/** smaps of so many mappings, made while it is read; `onRecord` is called for each. */
function longSource(count: number, onRecord: (index: number) => void): ByteSource {
  let next = 0;
  let rest = Buffer.alloc(0);
  return {
    path: '/proc/1/smaps',
    read(into, offset, length) {
      if (rest.length === 0 && next < count) {
        onRecord(next);
        rest = Buffer.from(record(next++));
      }
      const piece = rest.subarray(0, length);
      into.set(piece, offset);
      rest = rest.subarray(piece.length);
      return piece.length;
    },
    close() {},
  };
}

function record(index: number): string {
  const hex = (value: number) => value.toString(16).padStart(8, '0');
  const start = (index + 1) * 2 * PAGE;
  const name = index % 3 === 0 ? `/tmp/a, "b" \u00fc${index}` : '';
  return `${hex(start)}-${hex(start + PAGE)} rw-p 00000000 00:00 ${index} ${name}\n${FIELDS}`;
}

/** Memory in use after a collection of all garbage. */
function usedBytes(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

test.each(Object.keys(FORMATS) as MachineFormatName[])(
  '300,000 mappings as %s do not grow memory',
  async (name) => {
    let bytes = 0;
    const used: number[] = [];
    const writer = new ByteWriter((chunk) => {
      bytes += chunk.length;
    });
    const source = longSource(MAPPINGS, (index) => {
      if (index === EARLY || index === MAPPINGS - 1) used.push(usedBytes());
    });
    const report = (await FORMATS[name].load()).mappings(writer, { fields: 'all' });
    report.end(rows(report, headOf(1001), new SmapsReader(source)));
    writer.flush();
    expect(bytes).toBeGreaterThan(MAPPINGS * 100);
    const [early = 0, late = 0] = used;
    expect(used.length).toBe(2);
    expect(late - early).toBeLessThan(BOUND);
  },
);
