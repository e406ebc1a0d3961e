import { DETAILS, type Detail } from '../../model/detail.ts';
import { type FieldSlots, FieldVocabulary, KNOWN_FIELDS } from '../../model/fields.ts';
import type { Mapping } from '../../model/mapping.ts';
import type { ProcessHead } from '../../model/process.ts';
import type { Sample } from '../../model/sample.ts';
import { FIELD_KIND_OF, LEADING_COLUMNS, UNITS } from '../columns.ts';
import type { SampleJson, SampleProcessJson, UnitJson } from '../format.ts';
import { decodeIdentity } from '../header.ts';
import {
  asBytes,
  asCount,
  asHex,
  asItems,
  asObject,
  asText,
  asTime,
  FormatError,
  type Members,
  oneOf,
  optional,
} from '../json-shape.ts';
import { deviceText } from '../json-text.ts';
import { asDevice, decodeRows } from './decode-rows.ts';
import type { ReadLimits } from './limits.ts';
import { partsOf } from './line-parts.ts';
import { decodeFigures } from './recorded-figures.ts';
import { decodeKinds } from './recorded-kinds.ts';
import type { RowBudget } from './row-budget.ts';

/** A recorded sample; see SampleJson. */
export interface RecordedSample extends Sample {
  /** Number of the moment that it belongs to. */
  readonly moment: number;
  /** The name of the process's user, if it is known. */
  readonly user: string | undefined;
  /** The rows one by one, decoded while they are read unless they are in memory anyway. */
  readRows(): Iterator<Mapping>;
}

/** The kernel has about thirty. Decoding takes time quadratic in their number. */
const MAX_COLUMNS = 1000;

/** How a line is decoded. */
export interface DecodeOptions {
  /** Assigns slots to the fields; by default the sample has a register of its own. */
  readonly slots?: FieldSlots | undefined;
  readonly limits: ReadLimits;
  /** For the rows that are kept in memory. */
  readonly budget: RowBudget;
  /**
   * Whether to keep all mappings in memory, because they will be needed at once. If not, they are
   * decoded again each time they are read. Groups, which are few, are always kept.
   */
  readonly keepsRows: boolean;
}

/**
 * Decodes the line of a sample; see SampleJson.
 *
 * @throws FormatError; TooLargeError when it needs more memory than it may have.
 */
export function decodeSample(line: Buffer, options: DecodeOptions): RecordedSample {
  const { head, rows: rowsJson } = partsOf(line, options.limits.head);
  const get = asObject<SampleJson>(head, 'the line');
  const detail = oneOf(get('detail'), DETAILS, 'detail');
  const shared = new Set(
    asItems(get('shared_memory_devices'), 'shared_memory_devices').map((each) =>
      deviceText(...asDevice(each)),
    ),
  );
  const names = columnNames(get('columns'), detail);
  const { vocabulary, columns } = decodeFields(names, get('fields'), options.slots);
  const who = asObject<SampleProcessJson>(get('process'), 'process');
  const kinds = decodeKinds(get('kinds') ?? []);
  const readRows = () => decodeRows(rowsJson ?? NO_LIST, detail, columns, kinds());
  let kept = checkedRows(readRows(), options.keepsRows || detail !== 'all', options.budget);
  return {
    moment: asCount(get('moment'), 'moment'),
    takenAtMs: asTime(get('taken_at'), 'taken_at'),
    head: decodeProcess(who),
    user: optional(who('user'), 'user', asText),
    detail,
    vocabulary,
    processFigures: decodeFigures(get('process_figures')),
    kindRules: optional(get('kind_rules') ?? null, 'kind_rules', asCount),
    isSharedMemoryDevice: (major, minor) => shared.has(deviceText(major, minor)),
    readRows: () => kept?.values() ?? readRows(),
    get rows() {
      kept ??= [...options.budget.counted(readRows())];
      return kept;
    },
  };
}

const NO_LIST = Buffer.alloc(0);

/** Decodes all rows, so that it is known early if one is damaged, and returns them if they are kept. */
function checkedRows(
  rows: Iterable<Mapping>,
  areKept: boolean,
  budget: RowBudget,
): Mapping[] | undefined {
  if (areKept) return [...budget.counted(rows)];
  for (const _ of rows);
  return undefined;
}

function decodeProcess(get: Members<SampleProcessJson>): ProcessHead {
  const identity = decodeIdentity(get);
  const state = asBytes(get('state'), 'state');
  if (state.length > 1) throw new FormatError('state is not a letter');
  return {
    ...identity,
    askedPid: asCount(get('asked_pid'), 'asked_pid'),
    state,
    startStack: asHex(get('start_stack'), 'start_stack'),
  };
}

/** The names of the columns of fields, which come after the leading columns. */
function columnNames(columnsJson: unknown, detail: Detail): readonly string[] {
  const names = asItems(columnsJson, 'columns').map((each) => asBytes(each, 'columns'));
  if (names.length > MAX_COLUMNS) {
    const limit = `at most ${MAX_COLUMNS} are allowed`;
    throw new FormatError(`columns has ${names.length} names, and ${limit}`);
  }
  const before = LEADING_COLUMNS[detail];
  if (before.some((name, index) => names[index] !== name)) {
    throw new FormatError(`columns do not begin with ${before.join(', ')}`);
  }
  const fields = names.slice(before.length);
  if (fields.some((name) => !/^[!-9;-~]+$/.test(name))) {
    throw new FormatError('columns has a name that is not a field');
  }
  if (new Set(fields).size < fields.length) throw new FormatError('columns has a name twice');
  return fields;
}

/** Restores the vocabulary of the reading: the slots of its fields, and their order. */
function decodeFields(
  names: readonly string[],
  fieldsJson: unknown,
  register: FieldSlots | undefined,
) {
  const vocabulary = new FieldVocabulary(register);
  const slots = names.map((name) => vocabulary.slot(name));
  if (slots.some((slot) => slot >= KNOWN_FIELDS.length + MAX_COLUMNS)) {
    throw new FormatError(`its fields and those of other lines are more than ${MAX_COLUMNS}`);
  }
  const units = decodeUnits(fieldsJson, vocabulary, new Set(slots));
  const columns = slots.map((slot) => ({
    slot,
    isBytes: (units.get(slot) ?? 'bytes') === 'bytes',
  }));
  return { vocabulary, columns };
}

function decodeUnits(
  fieldsJson: unknown,
  vocabulary: FieldVocabulary,
  slots: ReadonlySet<number>,
): Map<number, UnitJson> {
  const units = new Map<number, UnitJson>();
  let previous = -1;
  for (const each of asItems(fieldsJson, 'fields')) {
    const [name, first, last = first] = asItems(each, 'fields');
    const slot = vocabulary.find(asBytes(name, 'fields'));
    if (slot === undefined || !slots.has(slot) || units.has(slot)) {
      throw new FormatError('fields and columns do not match');
    }
    units.set(slot, oneOf(first, UNITS, 'fields'));
    vocabulary.meet(slot, FIELD_KIND_OF[oneOf(last, UNITS, 'fields')], previous);
    previous = slot;
  }
  return units;
}
