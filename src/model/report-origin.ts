/** When and where a report was made. */
export interface ReportOrigin {
  /** ISO 8601 in UTC. */
  readonly takenAt: string;
  /** The machine's name and its kernel's release, undefined if they are not known. */
  readonly host: string | undefined;
  readonly kernel: string | undefined;
}
