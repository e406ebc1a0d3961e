import { bashScript } from './completion/bash.ts';
import type { ScriptMaker, VerbTexts } from './completion/candidates.ts';
import { fishScript } from './completion/fish.ts';
import { zshScript } from './completion/zsh.ts';
import { EXIT } from './exit-status.ts';
import type { Invocation } from './invocation.ts';
import type { Option } from './option.ts';
import { OPTIONS } from './options.ts';
import { print } from './print.ts';
import { UsageError } from './usage-error.ts';
import type { Verbs } from './verb.ts';

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
