import { asCount, FormatError } from '../json-shape.ts';

const MEMBER = /^([a-z][a-z_]*)_bytes$/;
/** The kernel keeps less than ten. */
const MAX_FIGURES = 100;

/**
 * The figures of a whole process by the ids of their columns, in bytes; see SampleJson.process_figures.
 * Members of another form are ignored.
 *
 * @throws FormatError.
 */
export function decodeFigures(json: unknown): ReadonlyMap<string, number> | undefined {
  if (json === undefined || json === null) return undefined;
  if (typeof json !== 'object' || Array.isArray(json)) {
    throw new FormatError('process_figures is not an object');
  }
  const members = Object.entries(json);
  if (members.length > MAX_FIGURES) throw new FormatError('process_figures has too many members');
  return new Map(
    members.flatMap(([name, value]) => {
      const id = MEMBER.exec(name)?.[1];
      return id === undefined ? [] : [[id, asCount(value, `process_figures.${name}`)] as const];
    }),
  );
}
