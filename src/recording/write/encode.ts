import type { Detail } from '../../model/detail.ts';
import type { FieldValue, FieldVocabulary } from '../../model/fields.ts';
import { KNOWN_FIELDS } from '../../model/fields.ts';
import { type Mapping, sizeBytes } from '../../model/mapping.ts';
import type { ProcessHead } from '../../model/process.ts';
import type { SampleFrame } from '../../model/sample.ts';
import { LEADING_COLUMNS, UNIT_OF } from '../columns.ts';
import type { FieldJson, SampleJson, SampleProcessJson, UnitJson } from '../format.ts';
import { identityJson } from '../header.ts';
import { asciiJson, deviceText, jsonBytes, jsonNumber, toBytesJson } from '../json-text.ts';
import { KindRuns } from './kind-runs.ts';
import { LineBuffer } from './line-buffer.ts';
import { SharedMemoryDevices } from './shared-memory-devices.ts';

/** The column of a field. */
interface RecordedField {
  readonly slot: number;
  readonly unit: UnitJson;
}

/**
 * Encodes the line of a sample while its rows are being read (a RowSink); see SampleJson. Its
 * memory is that of the longest line so far and is reused for the next.
 */
export class SampleEncoder {
  readonly #line = new LineBuffer();
  #frame: SampleFrame | undefined;
  #columns: RecordedField[] = [];
  #unitOf = new Map<number, UnitJson>();
  #fieldCount = -1;
  #rows = 0;
  #kinds = new KindRuns();
  #devices = new SharedMemoryDevices(() => false);

  /** Starts a sample; rows of an unfinished one are discarded. */
  begin(frame: SampleFrame): void {
    this.#frame = frame;
    this.#line.clear();
    this.#columns = [];
    this.#unitOf = new Map();
    this.#fieldCount = -1;
    this.#rows = 0;
    this.#kinds = new KindRuns();
    this.#devices = new SharedMemoryDevices((major, minor) =>
      frame.isSharedMemoryDevice(major, minor),
    );
  }

  /** Adds a row to the current sample. */
  row(mapping: Mapping): void {
    const { detail, vocabulary } = this.#currentFrame();
    if (vocabulary.order.length !== this.#fieldCount) this.#addColumns(vocabulary);
    const leading = this.#leadingCells(detail, mapping);
    let fields = '';
    for (const { slot, unit } of this.#columns) {
      fields += `,${cell(mapping.values[slot], unit)}`;
    }
    const cells = leading === '' ? fields.slice(1) : leading + fields;
    this.#line.add(this.#rows++ === 0 ? `[${cells}]` : `,[${cells}]`);
  }

  /**
   * Ends the sample and returns its line, with its newline, valid until the next `begin`. `moment`
   * is the number of its moment, `user` the name of the process's user if it is known.
   */
  end(moment: number, user?: string): Uint8Array {
    const { vocabulary } = this.#currentFrame();
    this.#addColumns(vocabulary);
    // Reports can group the mappings, and a group has the device 00:00.
    this.#devices.add(0, 0);
    this.#line.add(']}\n');
    return this.#line.withHead(this.#head(moment, user));
  }

  #currentFrame(): SampleFrame {
    if (this.#frame === undefined) throw new Error('begin was not called');
    return this.#frame;
  }

  #leadingCells(detail: Detail, mapping: Mapping): string {
    if (detail === 'total') return '';
    if (detail !== 'all') {
      const { name, perms, kind, count } = mapping;
      const kindJson = kind === undefined ? 'null' : `"${kind}"`;
      const size = jsonNumber(sizeBytes(mapping));
      return `${jsonBytes(name)},${jsonBytes(perms)},${kindJson},${count ?? null},${size}`;
    }
    const { start, end, perms, offset, deviceMajor, deviceMinor, inode, name } = mapping;
    this.#devices.add(deviceMajor, deviceMinor);
    this.#kinds.add(mapping.kind);
    const range = `"${start.toString(16)}","${end.toString(16)}"`;
    const file = `"${offset.toString(16)}","${deviceText(deviceMajor, deviceMinor)}","${inode}"`;
    return `${range},${jsonBytes(perms)},${file},${jsonBytes(name)}`;
  }

  /**
   * Adds columns for new fields and for other new slots, in the order in which a decoder assigns
   * slots.
   */
  #addColumns(vocabulary: FieldVocabulary): void {
    this.#fieldCount = vocabulary.order.length;
    const met = new Set(vocabulary.order);
    for (const slot of vocabulary.slots) {
      const isThere = met.has(slot) || slot >= KNOWN_FIELDS.length;
      if (!isThere || this.#unitOf.has(slot)) continue;
      const unit = UNIT_OF[vocabulary.kind(slot)];
      this.#unitOf.set(slot, unit);
      this.#columns.push({ slot, unit });
    }
  }

  #head(moment: number, user: string | undefined): string {
    const { takenAtMs, head, detail, vocabulary, kindRules, processFigures } = this.#currentFrame();
    const kinds = this.#kinds.list();
    const json: Omit<SampleJson, 'rows'> = {
      moment,
      taken_at: new Date(takenAtMs).toISOString(),
      process: processJson(head, user),
      detail,
      shared_memory_devices: this.#devices.list(),
      ...(kindRules === undefined ? {} : { kind_rules: kindRules }),
      ...(kinds === undefined ? {} : { kinds }),
      ...figuresJson(processFigures),
      fields: vocabulary.order.map((slot) => this.#fieldJson(vocabulary, slot)),
      columns: [
        ...LEADING_COLUMNS[detail],
        ...this.#columns.map(({ slot }) => toBytesJson(vocabulary.name(slot))),
      ],
    };
    return `${asciiJson(json).slice(0, -1)},"rows":[`;
  }

  #fieldJson(vocabulary: FieldVocabulary, slot: number): FieldJson {
    const name = toBytesJson(vocabulary.name(slot));
    const first = this.#unitOf.get(slot);
    const last = UNIT_OF[vocabulary.kind(slot)];
    return first === undefined || first === last ? [name, last] : [name, first, last];
  }
}

function figuresJson(figures: SampleFrame['processFigures']): Pick<SampleJson, 'process_figures'> {
  if (figures === undefined || figures.size === 0) return {};
  const members = [...figures].map(([id, bytes]) => [`${id}_bytes`, bytes] as const);
  return { process_figures: Object.fromEntries(members) };
}

function processJson(head: ProcessHead, user: string | undefined): SampleProcessJson {
  return {
    ...identityJson(head),
    asked_pid: head.askedPid,
    state: toBytesJson(head.state),
    user: user ?? null,
    start_stack: head.startStack.toString(16),
  };
}

function cell(value: FieldValue, unit: UnitJson): string {
  if (value === undefined) return 'null';
  if (typeof value === 'string') return jsonBytes(value);
  return jsonNumber(unit === 'bytes' ? value * 1024 : value);
}
