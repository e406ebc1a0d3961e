import { isDeepStrictEqual } from 'node:util';
import { MapsReader } from '../../../src/proc/maps/maps-reader.ts';
import { SmapsReader } from '../../../src/proc/maps/smaps-reader.ts';
import { chunks, tightWindow } from './chunks.ts';
import { KERNEL_FAMILIES } from './kernel-families.ts';
import { mutated, seededRandom } from './mutations.ts';
import { type ReferenceMapping, referenceReading } from './reference-reader.ts';

/**
 * Reads COUNT damaged texts in several sizes of chunks, and prints as JSON the texts that are neither
 * read as the reference reads them nor told. `node mutation-sweep.js COUNT SEED`: built by its test, because
 * the readers are ten times slower in the test runner's own modules.
 */
const CHUNK_SIZES = [1, 7, 64, 4096, 65536];
const MAX_FAILURES = 5;

interface Reading {
  readonly mappings: readonly ReferenceMapping[];
  readonly isTold: boolean;
}

function fastReading(text: string, chunkBytes: number, isMaps: boolean): Reading {
  const source = chunks(text, chunkBytes);
  const window = tightWindow(chunkBytes);
  const reader = isMaps ? new MapsReader(source, window) : new SmapsReader(source, 'all', window);
  const mappings: ReferenceMapping[] = [];
  for (let mapping = reader.next(); mapping !== undefined; mapping = reader.next()) {
    const { start, end, perms, offset, deviceMajor, deviceMinor, inode, name, values } = mapping;
    const met = values.map((value, slot) => [reader.vocabulary.name(slot), value]);
    const fields = Object.fromEntries(met.filter(([, value]) => value !== undefined));
    mappings.push({ start, end, perms, offset, deviceMajor, deviceMinor, inode, name, fields });
  }
  const { malformedCount, wasCut } = reader.notes;
  return { mappings, isTold: malformedCount > 0 || wasCut };
}

/** The numbers of mappings that do not stand below their own first line, before the next one. */
function foreignNumbers(text: string, { mappings }: Reading): string[] {
  const lines = text.split('\n');
  return mappings.flatMap(({ start, end, fields }) => {
    const header = [start, end].map((address) => `0*${address.toString(16)}`).join('-');
    const isOwn = new RegExp(`^${header} `);
    const from = lines.findLastIndex((line) => isOwn.test(line)) + 1;
    const own = new Map<string, number>();
    for (const line of lines.slice(from)) {
      const [, key = '', digits] = /^([!-9;-~]+):[ \t\r]*([0-9]+)/.exec(line) ?? [];
      if (digits !== undefined && !own.has(key)) own.set(key, Number(digits));
      if (/[0-9a-f]-[0-9a-f]+ [r-][w-][x-][ps] /.test(line)) break;
    }
    const numbers = Object.entries(fields).filter(([, value]) => typeof value === 'number');
    return numbers.filter(([key, value]) => own.get(key) !== value).map(([key]) => key);
  });
}

/** What is wrong with the readings of a text; undefined if nothing is. */
function mistakeIn(text: string, isMaps: boolean): string | undefined {
  const { mappings, damaged, isCut } = referenceReading(text, isMaps ? 'maps' : 'smaps');
  const expected = { mappings, isTold: damaged.length > 0 || isCut };
  const [found, ...others] = CHUNK_SIZES.map((size) => fastReading(text, size, isMaps));
  if (found === undefined) return 'nothing was read';
  const json = JSON.stringify(found);
  if (others.some((each) => JSON.stringify(each) !== json)) return 'it depends on the chunks';
  if (found.isTold !== expected.isTold) return expected.isTold ? 'damage is not told' : 'no damage';
  if (!found.isTold) return isDeepStrictEqual(found, expected) ? undefined : 'other mappings';
  const foreign = isMaps ? [] : foreignNumbers(text, found);
  return foreign.length > 0 ? `numbers of another record: ${foreign.join(' ')}` : undefined;
}

function sweep(count: number, seed: number): unknown[] {
  const failures: unknown[] = [];
  const families = Object.entries(KERNEL_FAMILIES);
  for (const [at, [family, original]] of families.entries()) {
    const random = seededRandom(seed + at);
    for (let left = Math.ceil(count / families.length); left > 0; left--) {
      const { text, names } = mutated(original, random);
      const mistake = mistakeIn(text, family === 'maps');
      if (mistake !== undefined) failures.push({ mistake, family, names, text });
      if (failures.length >= MAX_FAILURES) return failures;
    }
  }
  return failures;
}

const [count = '0', seed = '1'] = process.argv.slice(2);
process.stdout.write(JSON.stringify(sweep(Number(count), Number(seed))));
