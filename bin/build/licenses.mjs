import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const LICENSE_FILE = /^licen[cs]e([-.].*)?$/i;
const HEADING = `tsmap contains code of the following packages, each under the licence below its name.
`;

/**
 * The licences of all packages that modules belong to, as one text.
 *
 * @throws Error if a package has no licence file.
 */
export function licensesOf(modules) {
  const directories = modules.map(
    (module) => /^.*node_modules\/(@[^/]+\/)?[^/]+\//.exec(module)?.[0],
  );
  const packages = [...new Set(directories)].filter((each) => each !== undefined).map(licenseOf);
  packages.sort((a, b) => (a.title < b.title ? -1 : 1));
  const sections = packages.map(
    ({ title, text }) => `${title}\n${'-'.repeat(title.length)}\n\n${text}\n`,
  );
  return [HEADING, ...sections].join('\n');
}

function licenseOf(directory) {
  const { name, version, license } = JSON.parse(
    readFileSync(join(directory, 'package.json'), 'utf8'),
  );
  const [file] = readdirSync(directory).filter((each) => LICENSE_FILE.test(each));
  if (file === undefined) throw new Error(`${name} ${version} comes without a licence`);
  const text = readFileSync(join(directory, file), 'utf8').trim();
  return { title: `${name} ${version} (${license})`, text };
}
