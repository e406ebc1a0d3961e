import { basename, dirname, extname } from 'node:path';

/** The chunk of the entry and of everything that it reaches statically. */
const CORE = 'core';
/** The chunk of modules that several lazily loaded parts need and the core does not. */
const SHARED = 'shared';

/** The package that a module belongs to, if it belongs to one. */
export function packageOf(id) {
  return /^.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(id)?.[1];
}

/**
 * Returns a function that names the chunk of each module, from the graph of imports alone.
 *
 * The program consists of parts that load at different times. A part begins at the entry, at the target
 * of a dynamic import and at an imported package (lazy-requires.mjs delays those). A module goes into
 * the chunk of the closest part through which all parts that need it are loaded: into `check` if only
 * `check` needs it, into `watch` if `watch` and its screen do. Two verbs have only the entry in common;
 * modules that both need go into one shared chunk, so that a verb loads at most three files. A chunk
 * requires only chunks of parts that are loaded before it, so there are no cycles.
 */
export function chunkNames(entry, getModuleInfo) {
  const parts = findParts(entry, getModuleInfo);
  const all = [...parts.keys()];
  const names = namesOf(all.filter((part) => part !== entry));
  const below = new Map(all.map((part) => [part, partsBelow(part, entry, parts)]));
  return (id) => {
    const needing = all.filter((part) => parts.get(part).modules.has(id));
    // No module imports the bundler's helpers.
    if (needing.length === 0 || needing.includes(entry)) return CORE;
    // findParts() finds a part before those below it: the last one is the closest.
    const above = all.filter((part) => needing.every((each) => below.get(part).has(each))).at(-1);
    if (above !== entry) return names.get(above);
    return packageOf(id) === undefined ? SHARED : 'packages';
  };
}

/**
 * Maps the first module of each part to the modules it reaches statically and the parts it loads
 * late.
 */
function findParts(entry, getModuleInfo) {
  const parts = new Map();
  const met = new Set([entry]);
  for (const part of met) {
    const modules = new Set([part]);
    const late = new Set();
    for (const id of modules) {
      const { importedIds = [], dynamicallyImportedIds = [] } = getModuleInfo(id) ?? {};
      for (const each of importedIds) {
        const isLate = packageOf(id) === undefined && packageOf(each) !== undefined;
        (isLate ? late : modules).add(each);
      }
      for (const each of dynamicallyImportedIds) late.add(each);
    }
    parts.set(part, { modules, late });
    for (const each of late) met.add(each);
  }
  return parts;
}

/** The part itself and all parts that cannot be reached without it. */
function partsBelow(part, entry, parts) {
  const others = new Set(part === entry ? [] : [entry]);
  for (const each of others) {
    for (const next of parts.get(each).late) if (next !== part) others.add(next);
  }
  return new Set([...parts.keys()].filter((each) => !others.has(each)));
}

/** Names parts by package or file; puts the folder in front where the name is taken. */
function namesOf(parts) {
  const names = new Map();
  const taken = new Set([CORE, SHARED]);
  for (const part of parts) {
    const file = basename(part, extname(part));
    const name = packageOf(part)?.replace('/', '-') ?? file;
    names.set(part, taken.has(name) ? `${basename(dirname(part))}-${file}` : name);
    taken.add(names.get(part));
  }
  return names;
}
