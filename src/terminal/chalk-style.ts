import { Chalk, type ChalkInstance } from 'chalk';
import type { Look, Style } from '../format/style.ts';

/** The looks of the text layouts, in the sixteen colours that every terminal has. */
export function chalkStyle(onTerminal: boolean): Style {
  const chalk = chalkFor(true);
  return {
    onTerminal,
    header: lookOf(chalk.dim),
    total: lookOf(chalk.bold),
    suspicious: lookOf(chalk.red),
  };
}

/** chalk with the sixteen colours, or with none. */
export function chalkFor(isColored: boolean): ChalkInstance {
  return new Chalk({ level: isColored ? 1 : 0 });
}

/** What chalk puts before and behind a text. */
function lookOf(paint: ChalkInstance): Look {
  const [open = '', close = ''] = paint('\0').split('\0');
  return { open, close };
}
