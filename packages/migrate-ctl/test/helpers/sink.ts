import {Writable} from 'node:stream';
import type {Output} from '../../src/io.ts';

/** A stream that keeps what it is given, and says that it is a terminal of this width where asked to. */
export class Sink extends Writable implements Output {
	text = '';
	readonly isTTY: boolean;
	columns: number;
	rows: number;

	constructor({columns = 0, rows = 24}: {readonly columns?: number; readonly rows?: number} = {}) {
		super();
		this.isTTY = columns > 0;
		this.columns = columns;
		this.rows = rows;
	}

	override _write(chunk: Buffer, _encoding: string, done: () => void): void {
		this.text += chunk.toString();
		done();
	}

	/** How many colours, as `tty.WriteStream` says it: Node's styleText asks. */
	getColorDepth(): number {
		return 1;
	}

	hasColors(): boolean {
		return false;
	}
}
