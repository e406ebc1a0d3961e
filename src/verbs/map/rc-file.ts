import { createTextFile, readTextFile } from '../../cli/output/text-file.ts';
import { errnoOf } from '../../model/errors/errno.ts';
import { UserError } from '../../model/errors/user-error.ts';
import { KNOWN_FIELDS } from '../../model/fields.ts';
import { parseRc, type RcSettings } from './rc-parse.ts';

/** An rc file: its path, and its name in messages. */
export interface RcFile {
  readonly path: string;
  readonly name: string;
}

/** Thrown where an rc file cannot be read or created; each line of the message is one for stderr. */
export class RcError extends UserError {
  override readonly name = 'RcError';
}

/** The rc file of the program: `~/.tsmaprc`, `~/.pmaprc`. @throws RcError without a home. */
export function defaultRcFile(program: string, home: string | undefined): RcFile {
  if (home === undefined) throw new RcError('HOME variable undefined');
  return { path: `${home}/.${program}rc`, name: `~/.${program}rc` };
}

/** The rc file that `-C` or `-N` names. */
export function namedRcFile(path: string): RcFile {
  return { path, name: 'the rc file' };
}

/** Reads and parses an rc file. @throws RcError when it cannot be read. */
export function readRcFile({ path, name }: RcFile): RcSettings {
  try {
    return parseRc(readTextFile(path));
  } catch {
    throw new RcError(`couldn't read ${name}`);
  }
}

/**
 * Creates an rc file to be edited; never replaces one.
 *
 * @throws RcError with one message per line.
 */
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
  return `# Which columns are shown with -c. Names are those of /proc/PID/smaps; capitals matter,
# and the order of the columns is the kernel's, not this file's.

[Fields Display]
# Remove the # in front of what you want to see.
${shown.map((field) => `#${field}`).join('\n')}

[Mapping]
# Show full paths (with -p: the last part only).
#ShowPath
`;
}
