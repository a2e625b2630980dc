/** A file as it was sent, waiting outside memory until its command is through; then it is gone. */
export interface SpooledFile {
  readonly path: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  /** What the sender calls it: lower case, without parameters. */
  readonly declaredType: string;
}
