import type {DomainInfo} from '@sterna/protocol/control';

/** A domain as `--json` prints it: the driver's own facts are `detail`. */
export type DomainJson = Omit<DomainInfo, 'detailJson' | 'pid'> & {readonly pid: number | null; readonly detail: unknown};

export function domainJson({detailJson, pid, ...info}: DomainInfo): DomainJson {
	return {...info, pid: pid === 0 ? null : pid, detail: parseDetail(detailJson)};
}

/** The driver's facts; null when there are none, and as they came when they are not JSON. */
export function parseDetail(detailJson: string): unknown {
	if (detailJson === '') return null;
	try {
		return JSON.parse(detailJson);
	} catch {
		return detailJson;
	}
}
