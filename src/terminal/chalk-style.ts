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
 * The escape sequences that chalk puts before and after a text; see Look for why they are separate.
 * chalk only colours whole texts, so it colours a mark here, at which the result is split.
 */
function lookOf(paint: ChalkInstance): Look {
  const [open = '', close = ''] = paint('\0').split('\0');
  return { open, close };
}
