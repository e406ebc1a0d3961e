import { Chalk, type ChalkInstance } from 'chalk';
import type { Look, Style } from '../format/style.ts';

/** The looks of the text layouts, in the sixteen colours that every terminal has. */
export function chalkStyle(onTerminal: boolean): Style {
  const chalk = new Chalk({ level: 1 });
  return {
    onTerminal,
    header: lookOf(chalk.dim),
    total: lookOf(chalk.bold),
    suspicious: lookOf(chalk.red),
  };
}

/** What chalk puts before and behind a text. */
function lookOf(paint: ChalkInstance): Look {
  const [open = '', close = ''] = paint('\0').split('\0');
  return { open, close };
}
