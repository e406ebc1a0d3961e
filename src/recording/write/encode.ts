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
import { LineBuffer } from './line-buffer.ts';
import { SharedDevices } from './shared-devices.ts';

/** A column of a field: where its value stands, and how it is written. */
interface FieldColumn {
  readonly slot: number;
  readonly unit: UnitJson;
}

/**
 * Makes the line of a sample while its rows come, as a RowSink does; see format.ts. Its memory is
 * that of the longest line so far, and is used again for the next.
 */
export class SampleEncoder {
  readonly #line = new LineBuffer();
  #frame: SampleFrame | undefined;
  #columns: FieldColumn[] = [];
  #unitOf = new Map<number, UnitJson>();
  #met = -1;
  #rows = 0;
  #devices = new SharedDevices(() => false);

  /** A sample begins; rows that came before it are void. */
  begin(frame: SampleFrame): void {
    this.#frame = frame;
    this.#line.clear();
    this.#columns = [];
    this.#unitOf = new Map();
    this.#met = -1;
    this.#rows = 0;
    this.#devices = new SharedDevices((major, minor) => frame.isSharedMemoryDevice(major, minor));
  }

  /** Adds a row to the sample that began. */
  row(mapping: Mapping): void {
    const { detail, vocabulary } = this.#begun();
    if (vocabulary.order.length !== this.#met) this.#addColumns(vocabulary);
    const before = this.#beforeFields(detail, mapping);
    let fields = '';
    for (const { slot, unit } of this.#columns) {
      fields += `,${cell(mapping.values[slot], unit)}`;
    }
    const cells = before === '' ? fields.slice(1) : before + fields;
    this.#line.add(this.#rows++ === 0 ? `[${cells}]` : `,[${cells}]`);
  }

  /**
   * The sample's line, with its newline; holds until the next one begins. `user` is the name of
   * the process's user, where it is known.
   */
  end(moment: number, user?: string): Uint8Array {
    const { vocabulary } = this.#begun();
    this.#addColumns(vocabulary);
    // What groups of its mappings have, which reports may make.
    this.#devices.meet(0, 0);
    this.#line.add(']}\n');
    return this.#line.withHead(this.#head(moment, user));
  }

  #begun(): SampleFrame {
    if (this.#frame === undefined) throw new Error('no sample was begun');
    return this.#frame;
  }

  #beforeFields(detail: Detail, mapping: Mapping): string {
    if (detail === 'total') return '';
    if (detail !== 'all') {
      const { name, perms, kind, count } = mapping;
      const kindJson = kind === undefined ? 'null' : `"${kind}"`;
      const size = jsonNumber(sizeBytes(mapping));
      return `${jsonBytes(name)},${jsonBytes(perms)},${kindJson},${count ?? null},${size}`;
    }
    const { start, end, perms, offset, deviceMajor, deviceMinor, inode, name } = mapping;
    this.#devices.meet(deviceMajor, deviceMinor);
    const range = `"${start.toString(16)}","${end.toString(16)}"`;
    const file = `"${offset.toString(16)}","${deviceText(deviceMajor, deviceMinor)}","${inode}"`;
    return `${range},${jsonBytes(perms)},${file},${jsonBytes(name)}`;
  }

  /** Fields that are new, and slots that were made in between: a reader makes them in this order. */
  #addColumns(vocabulary: FieldVocabulary): void {
    this.#met = vocabulary.order.length;
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
    const { takenAtMs, head, detail, vocabulary } = this.#begun();
    const json: Omit<SampleJson, 'rows'> = {
      moment,
      taken_at: new Date(takenAtMs).toISOString(),
      process: processJson(head, user),
      detail,
      shared_memory_devices: this.#devices.list(),
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
