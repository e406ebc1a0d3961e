import { COMM_BYTES } from '../proc/process/real-name.ts';

/** What decides whether a name can match. */
interface NameChoice {
  readonly name: RegExp | undefined;
  readonly full: boolean;
}

/** The messages for stderr where no process matches. */
export function noMatchTexts(choice: NameChoice): string[] {
  return ['no process matches', ...longNameHint(choice)];
}

/** The messages for stderr where no process matches yet, but one may come. */
export function waitingTexts(choice: NameChoice): string[] {
  return ['no process matches yet, waiting for one', ...longNameHint(choice)];
}

function longNameHint({ name, full }: NameChoice): string[] {
  if (name === undefined || full || literalCount(name.source) <= COMM_BYTES) return [];
  return [
    `--name: the kernel keeps ${COMM_BYTES} characters of a name, and this needs more: it can match only a ` +
      'program whose own name is that long. --full matches command lines',
  ];
}

const SPECIAL = /^(?:\\[bBdDsSwWpPkux1-9]|[.^$[])/;

/** How many characters, at least, every match of an expression has; 0 if that is not plain to see. */
export function literalCount(source: string): number {
  if (/(?<!\\)[|(]/.test(source)) return 0;
  const parts = source.matchAll(/(\\.|\[(?:\\.|[^\]])*\]|[^\\])((?:[?*+]|\{[^}]*\})\??)?/gsu);
  let count = 0;
  for (const [, character = '', quantifier = ''] of parts) {
    if (!SPECIAL.test(character) && !/^[?*{]/.test(quantifier)) count++;
  }
  return count;
}
