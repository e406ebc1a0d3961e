import type { Problem } from '../../model/errors/problem.ts';
import type { Mapping } from '../../model/mapping.ts';
import type { ReportOrigin } from '../../model/report-origin.ts';
import type { ByteWriter } from '../byte-writer.ts';
import type { ColumnSums, MapReport, ReportFields, ReportSubject } from '../report.ts';
import { envelopeMembers, problemMembers } from './envelope.ts';
import { identityMembers } from './identity.ts';
import { json, MemberWriter } from './json-text.ts';
import { LiveColumns, type MachineOptions } from './live-columns.ts';
import { MachineTotals } from './machine-totals.ts';

/** The schema of the documents; incompatible changes increase the number. */
const SNAPSHOT_SCHEMA = 'tsmap.snapshot/1';

/**
 * One JSON document (schemas/snapshot.schema.json) with each mapping on its own line, so that it can
 * be searched and compared line by line. No row is kept in memory. A process is counted once it is
 * complete: until then its output may be rolled back.
 */
export class JsonReport implements MapReport {
  readonly fields: ReportFields;
  readonly #writer: ByteWriter;
  readonly #columns: LiveColumns;
  readonly #members: MemberWriter;
  #totals = new MachineTotals([]);
  #subject: ReportSubject | undefined;
  #processes = 0;
  #rows = 0;

  constructor(writer: ByteWriter, options: MachineOptions) {
    this.fields = options.fields;
    this.#writer = writer;
    this.#columns = new LiveColumns(options);
    this.#members = new MemberWriter(writer, '{');
  }

  /** Valid after `begin`: they include fields of the first record that tsmap does not know. */
  get totals() {
    return this.#totals.asked.map(({ column }) => column);
  }

  open(origin: ReportOrigin): void {
    this.#openList(envelopeMembers(SNAPSHOT_SCHEMA, origin), 'processes');
  }

  /** Writes nothing: a process that cannot be read appears among the problems only. */
  title(): void {}

  begin(subject: ReportSubject): void {
    this.#subject = subject;
    this.#columns.begin(subject);
    this.#totals = new MachineTotals(this.#columns.all(subject));
    this.#members.use(this.#columns.list);
    this.#rows = 0;
    this.#separate(this.#processes);
    this.#openList(identityMembers(subject.head), 'mappings');
  }

  row(mapping: Mapping): void {
    if (this.#columns.refresh()) {
      this.#members.use(this.#columns.list);
      this.#totals.follow(this.#columns.list);
    }
    this.#totals.add(mapping);
    this.#separate(this.#rows++);
    this.#members.write(mapping);
    this.#writer.text('}');
  }

  end(sums: ColumnSums): void {
    const { vocabulary } = this.#subject as ReportSubject;
    this.#writer.text(`\n],"totals":${json(this.#totals.members(sums, vocabulary))}}`);
    this.#processes++;
  }

  abandon(): void {
    this.#writer.text('\n],"incomplete":true}');
    this.#processes++;
  }

  close(problems: readonly Problem[]): void {
    this.#writer.text('\n],"problems":[');
    for (const [index, problem] of problems.entries()) {
      this.#separate(index);
      this.#writer.text(json(problemMembers(problem)));
    }
    this.#writer.text('\n]}\n');
  }

  /** Opens an object whose last member is a list. */
  #openList(members: object, list: string): void {
    this.#writer.text(`${json(members).slice(0, -1)},"${list}":[`);
  }

  #separate(before: number): void {
    this.#writer.text(before === 0 ? '\n' : ',\n');
  }
}
