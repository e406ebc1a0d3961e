import type { Mapping } from '../model/mapping.ts';

/**
 * The escape sequences before and after text of one look; empty without colour. They are two strings
 * and not a function of a text, because the rows of pmap layouts are written number by number and never
 * exist as one string.
 */
export interface Look {
  readonly open: string;
  readonly close: string;
}

/** The looks of text layouts. */
export interface Style {
  /** Whether the output is a terminal, where names must not reorder the line. */
  readonly onTerminal: boolean;
  readonly header: Look;
  readonly total: Look;
  /** A mapping that is both writable and executable. */
  readonly suspicious: Look;
}

/** No escape sequences. */
export const PLAIN_LOOK: Look = { open: '', close: '' };

/** No escape sequences anywhere: for pipes and files. */
export const PLAIN_STYLE: Style = {
  onTerminal: false,
  header: PLAIN_LOOK,
  total: PLAIN_LOOK,
  suspicious: PLAIN_LOOK,
};

/** The look of a row; mappings that are both writable and executable stand out. */
export function suspiciousLook(mapping: Mapping, style: Style): Look {
  // Called for each row; without colour the permissions need not be decoded.
  if (style.suspicious === PLAIN_LOOK) return PLAIN_LOOK;
  const { perms } = mapping;
  return perms[1] === 'w' && perms[2] === 'x' ? style.suspicious : PLAIN_LOOK;
}
