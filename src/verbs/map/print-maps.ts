import { type Problem, ProblemError } from '../../model/errors/problem.ts';
import { isEndOfUnnamed } from '../../sources/map-source.ts';
import type { MapOutput, MapRequest } from './map-request.ts';
import { printProcess } from './print-process.ts';

/**
 * Prints the map of each process. If one cannot be read, the others are still printed. False if all of
 * them had ended, which were only described.
 */
export async function printMaps(request: MapRequest, output: MapOutput): Promise<boolean> {
  const problems: Problem[] = [];
  const onProblem = (problem: Problem) => {
    problems.push(problem);
    output.onProblem(problem);
  };
  if (output.report.open !== undefined) output.report.open(request.origin());
  let count = 0;
  for (const source of request.sources) {
    count++;
    try {
      await printProcess(request, source, { ...output, onProblem });
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      if (isEndOfUnnamed(source, error)) count--;
      else onProblem(error.problem);
    }
  }
  await output.report.close?.(problems);
  output.writer.flush();
  return count > 0;
}
