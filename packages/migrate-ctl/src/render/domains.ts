import type {DomainInfo} from '@sterna/protocol/control';
import {parseDetail} from '../domain-info.ts';
import {formatSize} from '@sterna/host/units';
import type {Role, Style} from './style.ts';
import {type Column, renderFacts, renderTable} from './table.ts';

const COLUMNS: readonly Column<DomainInfo>[] = [
	{title: 'NAME', cell: ({name}) => name},
	{title: 'STATE', cell: ({state}) => state, role: roleOfState},
	{title: 'KIND', cell: ({kind}) => kind},
	{title: 'MEMORY', align: 'right', cell: ({memoryBytes}) => formatSize(memoryBytes)},
	{title: 'PID', align: 'right', cell: ({pid}) => (pid === 0 ? '' : String(pid))},
	{title: 'UUID', cell: ({uuid}) => uuid},
];

/** Domains, one a row; ends without a line break. */
export function domainTable(domains: readonly DomainInfo[], style: Style): string {
	return renderTable(COLUMNS, domains, style);
}

/** Everything that is known of one domain, the driver's own facts below; ends without a line break. */
export function domainFacts(info: DomainInfo, style: Style): string {
	return renderFacts(
		[
			['name', info.name],
			['state', info.state],
			['kind', info.kind],
			['uuid', info.uuid],
			['memory', formatSize(info.memoryBytes)],
			['pid', info.pid === 0 ? undefined : String(info.pid)],
			['incarnation', String(info.incarnation)],
			...flatten(parseDetail(info.detailJson)),
		],
		style,
	);
}

/** Deepest level of a driver's facts that gets names of its own; what lies deeper is shown as JSON. */
const MAX_DEPTH = 3;

function flatten(value: unknown, path = '', depth = 0): (readonly [string, string | undefined])[] {
	if (value === null || value === undefined) return [];
	if (typeof value === 'object' && !Array.isArray(value) && depth < MAX_DEPTH) {
		return Object.entries(value).flatMap(([key, inner]) => flatten(inner, path === '' ? key : `${path}.${key}`, depth + 1));
	}

	return [[path === '' ? 'detail' : path, typeof value === 'string' ? value : JSON.stringify(value)]];
}

function roleOfState({state}: DomainInfo): Role | undefined {
	switch (state) {
		case 'running':
		case 'protected':
			return 'good';
		case 'crashed':
		case 'undecided':
		case 'stale':
			return 'bad';
		case 'migrating':
		case 'incoming':
		case 'standby':
			return 'warning';
		case 'paused':
		case 'image':
			return undefined;
	}
}
