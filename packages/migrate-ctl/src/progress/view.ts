import type {MigrationResult, MigrationStatus} from '@sterna/protocol/control';

/** Shows one migration while it goes on. Disposing leaves the terminal as it was found, whatever was drawn last. */
export type MigrationView = Disposable & {
	update(status: MigrationStatus): void;
	/** Something that the operator must know now, without an end: one line. */
	note(text: string): void;
	/** Nobody looks any more, and it goes on: the last that is said, whole, however long. */
	leave(text: string): void;
	/** The end of what went this way: what was done is shown for good. An error of `result` is not shown here, but by whoever reports errors. */
	end(result: MigrationResult, direction: MigrationStatus['direction']): void;
};
