import { Chalk, type ChalkInstance } from 'chalk';
import type { Look, Style } from '../format/style.ts';

/** The looks of text layouts, in the sixteen colours that every terminal has. */
export function chalkStyle(onTerminal: boolean): Style {
  const chalk = chalkFor(true);
  return {
    onTerminal,
    header: lookOf(chalk.dim),
    total: lookOf(chalk.bold),
    suspicious: lookOf(chalk.red),
  };
}

/** chalk with sixteen colours, or with none. */
export function chalkFor(isColored: boolean): ChalkInstance {
  return new Chalk({ level: isColored ? 1 : 0 });
}

/**
 * The escape sequences that chalk puts before and after a text. chalk only colours whole texts, so
 * the text here is a mark between the two; Look says why they are needed apart.
 */
function lookOf(paint: ChalkInstance): Look {
  const [open = '', close = ''] = paint('\0').split('\0');
  return { open, close };
}
