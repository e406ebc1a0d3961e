/**
 * The rules of src/: which part may import which, and what each may use. A test checks all sources
 * by them.
 */

/** Which other parts of src/ each part may import. */
const BELOW_SOURCES = ['proc', 'recording', 'aggregate', 'format', 'columns', 'model'];
const BELOW_CLI = ['terminal', 'sources', ...BELOW_SOURCES];
const ARROWS: Readonly<Record<string, readonly string[]>> = {
  main: ['run'],
  index: ['library', ...BELOW_SOURCES],
  library: ['sources', 'proc', 'recording', 'aggregate', 'columns', 'model'],
  run: ['verbs', 'cli', ...BELOW_CLI],
  verbs: ['cli', ...BELOW_CLI],
  cli: BELOW_CLI,
  terminal: ['format', 'columns', 'model'],
  sources: ['proc', 'recording', 'aggregate', 'columns', 'model'],
  proc: ['model'],
  recording: ['model'],
  aggregate: ['columns', 'model'],
  format: ['columns', 'model'],
  columns: ['model'],
  model: [],
};
/** Folders whose files may read and write files. */
const MAY_USE_FS = ['proc', 'recording', 'cli/output'];
const MAY_USE_PROCESS = ['run', 'cli', 'main', 'terminal'];
const LONGEST_FILE = 250;

/** Source text by its path below src/. */
export type Sources = Readonly<Record<string, string>>;

const COMMENT_OR_TEXT =
  /\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\[\s\S]|[^`\\])*`/g;
const IMPORT =
  /(?:^|[\n;}])\s*(?:import|export)\b[^;'"`()]*?\bfrom\s*'([^']+)'|(?:^|[\n;])\s*import\s*'([^']+)'|\bimport\s*\(\s*([^)]*?)\s*\)/g;

/**
 * Code without comments, and without texts unless `withText` is true; expressions in templates
 * stay.
 */
function codeOf(source: string, { withText }: { withText: boolean }): string {
  return source.replace(COMMENT_OR_TEXT, (found) => {
    if (found.startsWith('/')) return ' ';
    if (withText) return found;
    return found.startsWith('`') ? (found.match(/(?<!\\)\$\{[^}]*\}/g) ?? []).join(' ') : "''";
  });
}

/** What a file imports: statically, for its types, and dynamically; `?` if the name is computed. */
export function importsOf(source: string): string[] {
  return [...codeOf(source, { withText: true }).matchAll(IMPORT)].map(
    ([, from, bare, dynamic]) => from ?? bare ?? /^'([^']+)'$/.exec(dynamic ?? '')?.[1] ?? '?',
  );
}

function partOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.indexOf('/')) : path.replace(/\.ts$/, '');
}

/** The verb whose folder holds the file; undefined outside of src/verbs/. */
function verbOf(path: string): string | undefined {
  return /^verbs\/([^/]+)\//.exec(path)?.[1];
}

/** The path below src/ that a relative import means. */
function resolve(from: string, to: string): string {
  return new URL(to, `file:///${from}`).pathname.slice(1);
}

function importProblem(path: string, imported: string, sources: Sources): string[] {
  const part = partOf(path);
  const says = (why: string) => [`${path} imports ${imported}: ${why}`];
  if (imported === '?') return says('what it loads must be written out');
  if (/^(node:)?process$/.test(imported))
    return says('the global process is used without an import');
  if (/^(node:)?fs(\/|$)/.test(imported)) {
    const mayUseFs = MAY_USE_FS.some((folder) => path.startsWith(`${folder}/`));
    return mayUseFs ? [] : says(`only ${MAY_USE_FS.join(', ')} read files`);
  }
  if (!imported.startsWith('.')) return [];
  const target = resolve(path, imported);
  if (!(target in sources)) return says('there is no such file');
  const verb = verbOf(path);
  const other = verbOf(target);
  if (verb !== undefined && other !== undefined && verb !== other) {
    return says('a verb must not import another verb');
  }
  const allowed = partOf(target) === part || ARROWS[part]?.includes(partOf(target));
  return allowed ? [] : says(`an arrow from ${part} to ${partOf(target)}`);
}

function fileProblems(path: string, sources: Sources): string[] {
  const source = sources[path] ?? '';
  const part = partOf(path);
  const problems = importsOf(source).flatMap((each) => importProblem(path, each, sources));
  if (!(part in ARROWS)) problems.push(`${path}: no part of src/ is called ${part}`);
  const usesProcess = /(?<![.\w$#])(process|globalThis)\b(?!\s*\??:)/.test(
    codeOf(source, { withText: false }),
  );
  if (usesProcess && !MAY_USE_PROCESS.includes(part)) problems.push(`${path} uses process`);
  const lines = source.split('\n').length - 1;
  if (lines > LONGEST_FILE) problems.push(`${path} has ${lines} lines`);
  return problems;
}

/** The first cycle of imports that a walk from `path` finds. */
function cycleFrom(path: string, sources: Sources, way: string[], done: Set<string>): string[] {
  if (way.includes(path)) return [[...way.slice(way.indexOf(path)), path].join(' -> ')];
  if (done.has(path)) return [];
  const next = importsOf(sources[path] ?? '').filter((each) => each.startsWith('.'));
  const found = next.flatMap((each) =>
    cycleFrom(resolve(path, each), sources, [...way, path], done),
  );
  done.add(path);
  return found;
}

/** The violations of the rules in these sources, one line each. */
export function problemsIn(sources: Sources): string[] {
  const done = new Set<string>();
  const paths = Object.keys(sources);
  return [
    ...paths.flatMap((path) => fileProblems(path, sources)),
    ...paths.flatMap((path) => cycleFrom(path, sources, [], done)),
  ];
}
