import { UsageError } from '../../model/errors/usage-error.ts';
import type { CountOption, FlagOption, ListOption, ValueOption } from './option.ts';

type Spelling = Pick<FlagOption, 'short' | 'long' | 'group' | 'isFinal' | 'notice'>;

/** An option without a value. */
export function flag(spelling: Spelling, help: string): FlagOption {
  return { kind: 'flag', ...spelling, help };
}

/** An option that counts how often it is given. */
export function count(spelling: Spelling, help: string): CountOption {
  return { kind: 'count', ...spelling, help };
}

/** An option with a value, which `parse` checks and converts. */
export function value<T>(
  spelling: Spelling & Pick<ValueOption<T>, 'metavar' | 'insteadOfTwo' | 'noticeFor'>,
  help: string,
  parse: (text: string) => T,
): ValueOption<T> {
  return { kind: 'value', ...spelling, help, parse };
}

/** An option with a value that can be given several times. */
export function list<T>(option: ValueOption<T>): ListOption<T> {
  return { ...option, isList: true };
}

/** An option whose value is one of the words in `choices`. */
export function choice<T extends string>(long: string, choices: readonly T[], help: string) {
  const parse = (text: string): T => {
    const chosen = choices.find((each) => each === text);
    if (chosen !== undefined) return chosen;
    throw new UsageError(`--${long}: '${text}' is not one of ${choices.join(', ')}`);
  };
  return { ...value({ long, metavar: 'WORD' }, help, parse), choices };
}

/** An option whose value is a number of things, 1 or more; `what` names them in the error message. */
export function positive(long: string, what: string, help: string): ValueOption<number> {
  return value({ long, metavar: 'N' }, help, (text) => {
    if (/^[1-9][0-9]{0,8}$/.test(text)) return Number(text);
    throw new UsageError(`--${long}: '${text}' is not a number of ${what} (1 or more)`);
  });
}
