import type {LabHost} from './lab/lab-host.ts';

/** A record or header as `migrate-ctl stream inspect --json` lists it, as far as tests look at it. */
export type ListedRecord = {
	readonly layer: string;
	readonly offset: number;
	/** Null for what is no record: headers, and the go message. */
	readonly type: number | null;
	readonly name: string;
	/** Bytes of the body; of the whole for what is no record. */
	readonly length: number;
	/** Of PAGE_DATA: entries by page type. */
	readonly types?: Readonly<Record<string, number>>;
	/** With `memorySum`, of libxc's END, CHECKPOINT and VERIFY. */
	readonly memoryPages?: number;
	readonly memorySha256?: string;
};

/** A stream in a file, as `stream inspect` lists it; `status` is its exit status. */
export type Listing = {readonly status: number; readonly records: readonly ListedRecord[]};

/** Lists the records of a stream in a file. Rejects when the command itself fails. */
export async function listRecords(host: LabHost, file: string, {memorySum = false}: {readonly memorySum?: boolean} = {}): Promise<Listing> {
	const {status, stdout, stderr} = await host.ctl(['stream', 'inspect', file, '--json', ...(memorySum ? ['--memory-sum'] : [])]);
	if (![0, 1, 3].includes(status)) throw new Error(`stream inspect ${file} exited with ${status}\n${stderr}`);
	const lines = stdout
		.split('\n')
		.filter(line => line !== '')
		.map(line => JSON.parse(line) as ListedRecord | {readonly result: unknown});
	return {status, records: lines.filter(line => 'layer' in line)};
}

/** `LAYER NAME` of each record in stream order, several PAGE_DATA in a row as one. */
export async function recordNames(host: LabHost, file: string): Promise<string[]> {
	const {records} = await listRecords(host, file);
	return records
		.map(({layer, name}) => `${layer} ${name}`)
		.filter((name, index, all) => name !== 'libxc PAGE_DATA' || all[index - 1] !== name);
}
