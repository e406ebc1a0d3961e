import type { Mapping } from '../model/mapping.ts';

/** What surrounds a piece of text to give it a look: two strings, empty where there is no colour. */
export interface Look {
  readonly open: string;
  readonly close: string;
}

/** The looks that text layouts use on a terminal. */
export interface Style {
  /** Whether a person looks at it: names must then not reorder the line. */
  readonly onTerminal: boolean;
  readonly header: Look;
  readonly total: Look;
  /** A mapping that is writable and executable at once. */
  readonly suspicious: Look;
}

/** No escape sequence. */
export const PLAIN_LOOK: Look = { open: '', close: '' };

/** No escape sequence anywhere: for pipes and files. */
export const PLAIN_STYLE: Style = {
  onTerminal: false,
  header: PLAIN_LOOK,
  total: PLAIN_LOOK,
  suspicious: PLAIN_LOOK,
};

/** The look of a mapping's row: memory that is writable and executable at once stands out. */
export function suspiciousLook(mapping: Mapping, style: Style): Look {
  // Asked for each row, mostly in vain: no name need be looked at where there is no colour.
  if (style.suspicious === PLAIN_LOOK) return PLAIN_LOOK;
  const { perms } = mapping;
  return perms[1] === 'w' && perms[2] === 'x' ? style.suspicious : PLAIN_LOOK;
}
