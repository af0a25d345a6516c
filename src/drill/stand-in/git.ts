/** A bare repository on disk. */
export interface GitRepository {
  readonly path: string;
}
