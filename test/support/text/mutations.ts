/** A generator of random numbers with a seed, so that a failure can be repeated. */
export type Random = (below: number) => number;

/** Mulberry32: small, fast, and good enough to choose places in a text. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** A change to a text. */
type Mutation = (text: string, random: Random) => string;

const SPACES = [' ', '\t', '\r', '  ', '\r\r', ' \t'];
const PIECES = [...'09afxX:-kB \t\r\0\xff', 'kB', ' kB', '??', 'Rss: 7 kB'];
const LINES = ['garbage', '', ' ', 'Rss:', 'Rss: 9', 'Swap: 5 kB', 'New: 3 kB', 'VmFlags: zz q9 '];

/** What happens to texts that people copy, mail, cut and glue, one entry for each kind. */
export const MUTATIONS: Readonly<Record<string, Mutation>> = {
  'a byte changes': (text, random) => spliced(text, random(text.length), 1, pick(PIECES, random)),
  'a byte is lost': (text, random) => spliced(text, random(text.length), 1, ''),
  'something is inserted': (text, random) =>
    spliced(text, random(text.length + 1), 0, pick(PIECES, random)),
  'some bytes are lost': (text, random) => spliced(text, random(text.length), random(40), ''),
  'the end is lost': (text, random) => text.slice(0, random(text.length)),
  'the last newline is lost': (text) => text.replace(/\n$/, ''),
  'white space ends a line': onLine((line, random) => [line + pick(SPACES, random)]),
  'white space follows a colon': onLine((line, random) => [
    line.replace(':', `:${pick(SPACES, random)}`),
  ]),
  'a line is lost': onLine(() => []),
  'a line comes twice': onLine((line) => [line, line]),
  'a line is inserted': onLine((line, random) => [line, pick(LINES, random)]),
  'a line is glued to the one before': (text, random) => {
    const ends = [...text.matchAll(/\n/g)].map(({ index }) => index);
    return spliced(text, ends[random(ends.length)] ?? 0, 1, '');
  },
  'a first line is lost': onHeader(() => []),
  'a first line is damaged': onHeader((line, random) => [
    spliced(line, random(line.length), 1, pick(PIECES, random)),
  ]),
  'a first line is glued': (text, random) => {
    const ends = [...text.matchAll(/\n(?=[0-9a-f]+-)/g)].map(({ index }) => index);
    return ends.length === 0 ? text : spliced(text, ends[random(ends.length)] ?? 0, 1, '');
  },
  'all lines end in CR': (text) => text.replaceAll('\n', '\r\n'),
  'some lines end in CR': (text, random) =>
    text.replace(/\n/g, () => (random(2) === 0 ? '\n' : '\r\n')),
  'two lines change places': (text, random) => {
    const lines = text.split('\n');
    const at = random(Math.max(1, lines.length - 2));
    lines.splice(at, 2, lines[at + 1] ?? '', lines[at] ?? '');
    return lines.join('\n');
  },
};

function onLine(change: (line: string, random: Random) => string[]): Mutation {
  return (text, random) => changedLine(text, random, () => true, change);
}

function onHeader(change: (line: string, random: Random) => string[]): Mutation {
  return (text, random) => changedLine(text, random, (line) => /^[0-9a-f]+-/.test(line), change);
}

function changedLine(
  text: string,
  random: Random,
  isCandidate: (line: string) => boolean,
  change: (line: string, random: Random) => string[],
): string {
  const lines = text.split('\n');
  const candidates = [...lines.keys()].filter((at) => isCandidate(lines[at] ?? ''));
  const at = candidates[random(Math.max(1, candidates.length))] ?? 0;
  lines.splice(at, 1, ...change(lines[at] ?? '', random));
  return lines.join('\n');
}

function spliced(text: string, at: number, removed: number, added: string): string {
  return text.slice(0, at) + added + text.slice(at + removed);
}

function pick<T>(list: readonly T[], random: Random): T {
  return list[random(list.length)] as T;
}

/** Applies one mutation, or now and then two, chosen by `random`; returns their names as well. */
export function mutated(text: string, random: Random): { text: string; names: string[] } {
  const all = Object.entries(MUTATIONS);
  const names: string[] = [];
  let changed = text;
  for (let left = random(4) === 0 ? 2 : 1; left > 0; left--) {
    const [name, mutate] = pick(all, random);
    names.push(name);
    changed = mutate(changed, random);
  }
  return { text: changed, names };
}
