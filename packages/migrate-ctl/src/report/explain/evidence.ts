import type {RecordLine} from '@sterna/host/record';
import type {MigrationRecord} from '../record.ts';
import type {Evidence} from './explanation.ts';

/** Lines that say what happened, not how much at which moment: what a timeline shows. */
export function evidenceOf({lines}: Pick<MigrationRecord, 'lines'>): Evidence[] {
	let decided = '';
	const peers = new Set<string>();
	return lines.flatMap(line => {
		if (line.kind === 'decision') {
			// That it goes on is said once, however its figures change.
			const before = decided;
			decided = line.action === 'continue' ? line.because.replaceAll(/[\d.]+/g, '#') : '';
			if (decided !== '' && decided === before) return [];
		}

		const text = sentence(line);
		// Asked for again as its clock was: once is enough here.
		if (line.kind === 'peer' && peers.size === peers.add(`${line.side} ${text}`).size) return [];
		return text === undefined ? [] : [{atMs: line.atMs, side: line.side, text}];
	});
}

function sentence(line: RecordLine): string | undefined {
	switch (line.kind) {
		case 'begin':
			return `begins to record, ${line.software}`;
		case 'opened':
			return line.tracker === '' || line.tracker === 'none' ? undefined : `writes of the guest are found by ${line.tracker}`;
		case 'peer':
			return `the other end is ${line.host}, ${line.software}`;
		case 'phase':
			return line.reason === '' ? line.phase : `${line.phase}: ${line.reason}`;
		case 'decision':
			return `policy: ${line.action}, ${line.because}`;
		case 'command':
			return line.detail === '' ? `operator: ${line.command}` : `operator: ${line.command}, ${line.detail}`;
		case 'link':
			return `connection ${line.link} ${line.state}${line.error === undefined ? '' : `: ${line.error.code}, ${line.error.message}`}`;
		case 'error':
			return `${line.error.code} in ${line.error.phase}: ${line.error.message}`;
		case 'note':
			return line.text;
		case 'end':
			return `ends: ${line.outcome}${line.error === undefined ? '' : `, ${line.error.code}`}`;
		case 'sample':
		case 'scan':
		case 'iteration':
		case 'downtime':
			return undefined;
	}
}
