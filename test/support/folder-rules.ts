import type { Sources } from './import-rules.ts';

const MOST_FILES = 15;

/** Everything wrong with the folders of src/: one line each. `sources` has the README.md files, too. */
export function folderProblems(sources: Sources): string[] {
  return foldersOf(sources).flatMap((folder) => {
    const readme = `${folder}/README.md`;
    const files = Object.keys(sources).filter((path) => folderOf(path) === folder);
    const code = files.filter((path) => path.endsWith('.ts'));
    const text = sources[readme];
    if (text === undefined) return [`${folder} has no README.md that says what belongs in it`];
    return [
      ...(text.startsWith(`# ${folder}\n\n`) ? [] : [`${readme} does not begin with # ${folder}`]),
      ...(code.length > MOST_FILES ? [`${folder} has ${code.length} files side by side`] : []),
      ...unknownFiles(text, sources).map(
        (name) => `${readme} names ${name}: there is no such file`,
      ),
    ];
  });
}

/** The folders that hold code. */
function foldersOf(sources: Sources): string[] {
  const code = Object.keys(sources).filter((path) => path.endsWith('.ts') && path.includes('/'));
  return [...new Set(code.map(folderOf))];
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** The files of src/ that a README names and that do not exist; `NAME.ts` stands for any. */
export function unknownFiles(readme: string, sources: Sources): string[] {
  const named = [...readme.matchAll(/`(?:src\/)?([a-z\d/-]+\.ts)`/g)].map(([, name = '']) => name);
  const paths = Object.keys(sources).map((path) => `/${path}`);
  const isKnown = (name: string) =>
    name.startsWith('test/') || paths.some((path) => path.endsWith(`/${name}`));
  return named.filter((name) => !isKnown(name));
}
