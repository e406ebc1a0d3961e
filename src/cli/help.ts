import { Command, Option as CommanderOption } from 'commander';
import { type Option, spellings } from './option.ts';
import { OPTIONS } from './options.ts';
import { VERBS } from './verbs.ts';

const EXAMPLES = (name: string) => `
Processes are named by number (decimal, 0x.. or 0..) or as /proc/PID.

${verbLines(name)}
Examples:
  ${name} 1234              the memory map: what is where, how big
  ${name} -x 1234           with resident and dirty memory
  ${name} -x 1234 | sort -k3 -n | tail    what takes most
  ${name} -d 1234           with offsets and devices

Exit status: 0 fine, 1 usage or an unreadable process, 42 no such process (joined by OR).
`;

function verbLines(name: string): string {
  if (name === 'pmap') return '';
  const lines = Object.entries(VERBS)
    .map(([verb, { synopsis, help }]) => `  ${`${name} ${verb} ${synopsis}`.padEnd(34)} ${help}`)
    .join('\n');
  return `Verbs:\n${lines}\n`;
}

/** The text of `--help`, laid out by commander from the option table. */
export function helpText(name: string): string {
  const command = new Command(name)
    .usage('[options] PID [PID ...]')
    .description("Tells where a Linux process's memory is.")
    .helpOption(false)
    // Values are written `--range LOW`, as in the manual page, not `--range <LOW>`.
    .configureHelp({ optionTerm: ({ flags }) => flags.replace(/<(.*)>$/, '$1') })
    .addHelpText('after', EXAMPLES(name));
  command.configureOutput({ getOutHelpWidth: () => 100, getOutHasColors: () => false });
  for (const option of Object.values<Option>(OPTIONS)) command.addOption(toCommander(option));
  let text = '';
  command.configureOutput({
    writeOut: (piece) => {
      text += piece;
    },
  });
  command.outputHelp();
  return text;
}

function toCommander(option: Option): CommanderOption {
  const names = spellings(option).join(', ');
  const flags = option.kind === 'value' ? `${names} <${option.metavar}>` : names;
  const made = new CommanderOption(flags, option.help);
  return option.kind === 'value' && option.choices ? made.choices(option.choices) : made;
}
