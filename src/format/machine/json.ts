import { envelopeMembers, problemMembers } from './envelope.ts';
import { JsonReport } from './json-report.ts';
import { eventLines, jsonDocument } from './json-text.ts';
import type { MachineFormat } from './machine-format.ts';

/** One JSON document. Events over time have no end to close a list at: they are one object a line. */
export const jsonFormat: MachineFormat = {
  mappings: (writer, options) => new JsonReport(writer, options),
  document: (document) =>
    jsonDocument({
      ...envelopeMembers(document.schema, document.origin()),
      ...document.members(),
      problems: document.problems.map(problemMembers),
    }),
  stream: () => eventLines,
};
