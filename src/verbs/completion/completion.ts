import { EXIT } from '../../cli/exit-status.ts';
import type { Option, OptionTable } from '../../cli/options/option.ts';
import { HELP } from '../../cli/options/shared-options.ts';
import { print } from '../../cli/output/stdout.ts';
import type { VerbArguments, VerbModule, Verbs } from '../../cli/verb.ts';
import { UsageError } from '../../model/errors/usage-error.ts';
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

const COMPLETION_OPTIONS = { help: HELP } satisfies OptionTable;

/** `tsmap completion`: prints the completion script for a shell. */
export const verb: VerbModule<typeof COMPLETION_OPTIONS> = { options: COMPLETION_OPTIONS, run };

/** @throws UsageError for any operand but one of the shells. */
async function run({ operands, registry }: VerbArguments): Promise<number> {
  const [shell = '', ...rest] = operands;
  const makeScript = Object.hasOwn(SCRIPTS, shell) ? SCRIPTS[shell] : undefined;
  if (makeScript === undefined || rest.length > 0) {
    throw new UsageError(`completion: expected one of ${Object.keys(SCRIPTS).join(', ')}`);
  }
  const options = Object.values<Option>(registry.map.options);
  print(makeScript(options, await textsOf(registry.verbs)));
  return EXIT.ok;
}

async function textsOf(verbs: Verbs): Promise<VerbTexts> {
  const texts = Object.entries(verbs).map(async ([name, { help, synopsis, load }]) => {
    const { options } = await load();
    return [name, { help, synopsis, options }] as const;
  });
  return Object.fromEntries(await Promise.all(texts));
}
