import type { ByteString } from '../../model/byte-string.ts';

/** The settings in an rc file. */
export interface RcSettings {
  /** Titles of the columns to show. */
  readonly fields: ReadonlySet<string>;
  /** Whether `ShowPath` occurs an odd number of times; each occurrence inverts `-p`. */
  readonly togglesPath: boolean;
  /** Messages about mistakes, one line each; the rest of the file is used. */
  readonly warnings: readonly string[];
}

const LONGEST_LINE = 1023;
const FIELDS_SECTION = 'Fields Display';
const MAPPING_SECTION = 'Mapping';

/**
 * Parses an rc file: sections `[Fields Display]` and `[Mapping]`, one word a line, `#` comments.
 *
 * Mistakes are handled as in pmap: only the first of several words on a line counts, lines in an unknown
 * section are skipped silently, and other invalid lines are skipped with a warning.
 */
export function parseRc(text: ByteString): RcSettings {
  const parser = new RcParser();
  text.split('\n').forEach((line, index) => {
    parser.line(line, index + 1);
  });
  return parser;
}

class RcParser implements RcSettings {
  readonly fields = new Set<string>();
  readonly warnings: string[] = [];
  togglesPath = false;
  #section: string | undefined;

  line(line: ByteString, number: number): void {
    if (line.length > LONGEST_LINE) {
      this.#warn('config line too long', number);
      return;
    }
    // A C string ends at its first NUL.
    let rest = trim(line.split('\0', 1)[0] ?? '');
    const section = /^\[([^\]]*)\](.*)$/s.exec(rest);
    if (section !== null) {
      this.#enter(section[1] ?? '', number);
      rest = trim(section[2] ?? '');
      if (isContent(rest)) this.#warn('syntax error found in the config', number);
    } else if (isContent(rest)) this.#words(rest, number);
  }

  #enter(name: string, number: number): void {
    this.#section = name;
    if (name === FIELDS_SECTION || name === MAPPING_SECTION) return;
    this.#section = '';
    this.#warn('unsupported section found in the config', number);
  }

  #words(text: string, number: number): void {
    if (this.#section === '') return;
    const [word = '', second = ''] = text.split(/[ \t]+/);
    const isMistaken = this.#section === undefined || word.startsWith('[') || isContent(second);
    if (isMistaken) this.#warn('syntax error found in the config', number);
    if (this.#section === FIELDS_SECTION) this.fields.add(word);
    if (this.#section === MAPPING_SECTION && word === 'ShowPath') {
      this.togglesPath = !this.togglesPath;
    }
  }

  #warn(message: string, number: number): void {
    this.warnings.push(`${message} - line ${number}`);
  }
}

function trim(text: string): string {
  return text.replace(/^[ \t]+|[ \t]+$/g, '');
}

function isContent(text: string): boolean {
  return text !== '' && !text.startsWith('#');
}
