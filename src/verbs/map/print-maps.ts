import { type Problem, ProblemError } from '../../model/errors/problem.ts';
import type { MapOutput, MapRequest } from './map-request.ts';
import { printProcess } from './print-process.ts';

/** Prints the map of each process. If one cannot be read, the others are still printed. */
export async function printMaps(request: MapRequest, output: MapOutput): Promise<void> {
  const problems: Problem[] = [];
  const onProblem = (problem: Problem) => {
    problems.push(problem);
    output.onProblem(problem);
  };
  if (output.report.open !== undefined) output.report.open(request.origin());
  for (const source of request.sources) {
    try {
      await printProcess(request, source, { ...output, onProblem });
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      onProblem(error.problem);
    }
  }
  await output.report.close?.(problems);
  output.writer.flush();
}
