import { createTextFile, readTextFile } from '../../cli/output/text-file.ts';
import { errnoOf } from '../../model/errors/errno.ts';
import { UserError } from '../../model/errors/user-error.ts';
import { KNOWN_FIELDS } from '../../model/fields.ts';
import { parseRc, type RcSettings } from './rc-parse.ts';

/** An rc file. */
export interface RcFile {
  readonly path: string;
  /** Its name in messages. */
  readonly name: string;
}

/** Thrown if an rc file cannot be read or created; the message may have several lines. */
export class RcError extends UserError {
  override readonly name = 'RcError';
}

/** The default rc file: `~/.tsmaprc` or `~/.pmaprc`. @throws RcError if HOME is not set. */
export function defaultRcFile(program: string, home: string | undefined): RcFile {
  if (home === undefined) throw new RcError('HOME variable undefined');
  return { path: `${home}/.${program}rc`, name: `~/.${program}rc` };
}

/** The rc file that `-C` or `-N` names. */
export function namedRcFile(path: string): RcFile {
  return { path, name: 'the rc file' };
}

/** Reads and parses an rc file. @throws RcError if it cannot be read. */
export function readRcFile({ path, name }: RcFile): RcSettings {
  try {
    return parseRc(readTextFile(path));
  } catch {
    throw new RcError(`couldn't read ${name}`);
  }
}

/** Creates an rc file for editing; never replaces a file. @throws RcError. */
export function createRcFile({ path, name }: RcFile): void {
  try {
    createTextFile(path, template());
  } catch (error) {
    const exists = errnoOf(error) === 'EEXIST';
    const reason = exists ? ['the file already exists - delete or rename it first'] : [];
    throw new RcError([...reason, `couldn't create ${name}`].join('\n'));
  }
}

function template(): string {
  const fields = ['Perm', 'Offset', 'Device', 'Inode', ...KNOWN_FIELDS, 'Mapping'];
  const shown = fields.filter((field) => field !== 'Name');
  return `# The columns that -c shows. Names are those of /proc/PID/smaps, and capitals matter;
# the order of the columns is the kernel's, not the order in this file.

[Fields Display]
# Remove the # in front of the columns to show.
${shown.map((field) => `#${field}`).join('\n')}

[Mapping]
# Show full paths (with -p: the last part only).
#ShowPath
`;
}
