import { EXIT } from '../../cli/exit-status.ts';
import type { Invocation } from '../../cli/invocation.ts';
import type { Option } from '../../cli/options/option.ts';
import { OPTIONS } from '../../cli/options/options.ts';
import { print } from '../../cli/output/print.ts';
import type { Verbs } from '../../cli/verb.ts';
import { UsageError } from '../../model/usage-error.ts';
import { bashScript } from './bash.ts';
import type { ScriptMaker, VerbTexts } from './candidates.ts';
import { fishScript } from './fish.ts';
import { zshScript } from './zsh.ts';

/** Shells that a completion script can be had for, each with what makes it. */
const SCRIPTS: Readonly<Record<string, ScriptMaker>> = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
};

/** Prints the completion script for the shell that is named. @throws UsageError for any other word. */
export async function run({ args }: Invocation, verbs: Verbs): Promise<number> {
  const [shell = '', ...rest] = args;
  const makeScript = Object.hasOwn(SCRIPTS, shell) ? SCRIPTS[shell] : undefined;
  if (makeScript === undefined || rest.length > 0) {
    throw new UsageError(`completion: expected one of ${Object.keys(SCRIPTS).join(', ')}`);
  }
  print(makeScript(Object.values<Option>(OPTIONS), await textsOf(verbs)));
  return EXIT.ok;
}

async function textsOf(verbs: Verbs): Promise<VerbTexts> {
  const texts = Object.entries(verbs).map(async ([name, { help, synopsis, load }]) => {
    const { options = {} } = await load();
    return [name, { help, synopsis, options }] as const;
  });
  return Object.fromEntries(await Promise.all(texts));
}
