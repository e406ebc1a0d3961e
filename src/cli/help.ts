import { Command, Option as CommanderOption } from 'commander';
import { type Option, spellings } from './option.ts';
import { OPTIONS } from './options.ts';
import { VERBS } from './verbs.ts';

const EXAMPLES: readonly (readonly [args: string, what: string])[] = [
  ['1234', 'what is where, and how big'],
  ['-x 1234', 'with resident and dirty memory'],
  ['-x 1234 | sort -k3 -n | tail', 'what takes most'],
  ['-XX 1234', 'everything the kernel says'],
];

/** Columns that every terminal has. */
const WIDTH = 80;

/** What stands below the options: how processes are named, verbs, examples, statuses. */
function epilogue(name: string): string {
  const verbs = Object.entries(VERBS).map(
    ([verb, { synopsis, help }]) => [`${verb} ${synopsis}`, help] as const,
  );
  return [
    '\nProcesses are named by number (decimal, 0x1f or 017) or as /proc/PID.\n',
    ...(name === 'tsmap' ? [section('Verbs', name, verbs)] : []),
    section('Examples', name, EXAMPLES),
    'Exit status: 0 fine, 1 wrong usage or an unreadable process, 42 no such process;',
    'those of several processes are joined by OR.',
  ].join('\n');
}

function section(
  title: string,
  name: string,
  lines: readonly (readonly [string, string])[],
): string {
  const rows = lines.map(([left, right]) => `  ${`${name} ${left}`.padEnd(37)}${right}\n`);
  return `${title}:\n${rows.join('')}`;
}

/** The text of `--help`, laid out by commander from the option table. */
export function helpText(name: string): string {
  const command = new Command(name)
    .usage('[options] PID [PID ...]')
    .description("Tells where a Linux process's memory is.")
    .helpOption(false)
    // Values are written `--range LOW`, as in the manual page, not `--range <LOW>`.
    .configureHelp({ optionTerm: ({ flags }) => flags.replace(/<(.*)>$/, '$1') })
    .addHelpText('after', epilogue(name));
  command.configureOutput({ getOutHelpWidth: () => WIDTH, getOutHasColors: () => false });
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
