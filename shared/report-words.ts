/** The sentences of reports, workbooks and statements, in three languages. */
import { rfc3339 } from './hongkong-time.ts';
import type { Gap } from './journal-gaps.ts';
import type { Text } from './words.ts';

const t = (hk: string, cn: string, en: string): Text => ({ 'zh-HK': hk, 'zh-CN': cn, en });

export const REPORT_WORDS = {
  showcase: t('展覽', '展览', 'Showcase'),
  range: t('日期範圍', '日期范围', 'Days'),
  asOf: t('資料截至', '数据截至', 'As at'),
  position: t('日誌位置', '日志位置', 'Journal position'),
  rule: t('點算規則版本', '计数规则版本', 'Counting rules'),
  event: t('活動', '活动', 'Event'),
  about: t('約', '约', 'about'),
  windows: t('開放時間', '开放时间', 'Opening hours'),
  version: t('狀態及版本', '状态及版本', 'Status and version'),
  hash: t('標準 CSV 的 SHA-256', '标准 CSV 的 SHA-256', 'SHA-256 of the canonical CSV'),
  journalHash: t('日誌的 SHA-256', '日志的 SHA-256', 'SHA-256 of the journal'),
  checkRow: t('核對（應為 0）', '核对（应为 0）', 'Check (must be 0)'),
  name: t('姓名', '姓名', 'Name'),
  signature: t('簽署及日期', '签署及日期', 'Signature and date'),
  publication: t('公布用語', '公布用语', 'Publication line'),
  total: t('合計', '合计', 'Total'),
  prepared: t('製表', '制表', 'Prepared by'),
  checked: t('覆核', '复核', 'Checked by'),
  notAdditive: t('各區人次不可相加', '各区人次不可相加', 'Zone figures do not add up'),
  visitsNotPeople: t(
    '人次是進入外圍界線的次數，同一人再次進入會再計，並非人數。',
    '人次是进入外围界线的次数，同一人再次进入会再计，并非人数。',
    'Visits are entries over the outer boundary; the same person entering again counts again. They are not people.',
  ),
  occupancy: t(
    '在場人數是入場減離場的估算，不影響參觀人次。',
    '在场人数是入场减离场的估算，不影响参观人次。',
    'Occupancy is an estimate, entries less exits; it changes no visits.',
  ),
  unknown: t('空白代表未能得知，並非 0。', '空白代表无法得知，并非 0。', 'Blank means unknown, not 0.'),
  split: t(
    '超過 60 秒而跨越時段的區間按秒數分配，以最大餘數法取整。',
    '超过 60 秒且跨越时段的区间按秒数分配，以最大余数法取整。',
    'An interval over 60 s that crosses an hour is split by seconds, largest remainder.',
  ),
  authority: t(
    '每個門口在任何時刻只有一個計入的來源；其他來源保留但不計。',
    '每个门口在任何时刻只有一个计入的来源；其他来源保留但不计。',
    'Each point has exactly one counting source at any instant; others are kept, not counted.',
  ),
  corrected: t(
    '人手調整各有原因及操作人，只改參觀人次，不改入場人次。',
    '人工调整各有原因及操作人，只改参观人次，不改入场人次。',
    'Adjustments carry a reason and a name; they change visits, never entries.',
  ),
  excluded: t(
    '重複、待查、影子、工作人員及開放時間外的穿越均保留，但不計入。',
    '重复、待查、影子、工作人员及开放时间外的穿越均保留，但不计入。',
    'Duplicates, quarantined, shadow, staff and out-of-hours crossings are kept and not counted.',
  ),
  covered: t(
    '覆蓋率是開放時間內有計入來源數據的分鐘所佔的比例，取各外圍門口的最低者。單次記錄（按鈕、逐次穿越）代表其所在的一刻鐘。',
    '覆盖率是开放时间内有计入来源数据的分钟所占的比例，取各外围门口的最低者。单次记录（按钮、逐次穿越）代表其所在的一刻钟。',
    'Coverage is the share of open minutes with data of the counting source, the least of the outer points. A single click or crossing speaks for its quarter of an hour.',
  ),
  late: t(
    '遲到的記錄歸入發生的日子；已結算的日子不改，另立新版本並列出差異。',
    '迟到的记录归入发生的日子；已结算的日子不改，另立新版本并列出差异。',
    'Late records belong to the day they happened; a closed day is not changed, a next version shows the difference.',
  ),
  reset: t(
    '累計計數器以前後讀數之差計算；任一讀數下降即視為重設，新讀數全數計入。',
    '累计计数器以前后读数之差计算；任一读数下降即视为重置，新读数全数计入。',
    'A running counter counts differences; where either reading falls it was reset and the new readings count in full.',
  ),
  rounding: t(
    '公布數字：一萬或以上取至千位，一千至九千九百九十九取至百位，以下照實；取整者加「約」。',
    '公布数字：一万或以上取至千位，一千至九千九百九十九取至百位，以下照实；取整者加“约”。',
    'Published figures: from 10 000 to the nearest thousand, from 1 000 to the nearest hundred, below exact; “about” where rounded.',
  ),
  earlier: t(
    '往屆數字為公布的約數，只作粗略比較（至最接近的 5%），不推算準確百分比。',
    '往届数字为公布的约数，只作粗略比较（至最接近的 5%），不推算准确百分比。',
    'Earlier shows are published approximate figures; they are compared to the nearest 5 % only.',
  ),
  dwell: t(
    '平均停留以校正後的在場人分鐘除以入場人次估算，當日完結後才計算。',
    '平均停留以校正后的在场人分钟除以入场人次估算，当日结束后才计算。',
    'Mean dwell is corrected person-minutes divided by entries, an estimate made once the day is over.',
  ),
  peaks: t(
    '最高峰時段是參觀人次最多的整點時段，相同時取最早。',
    '最高峰时段是参观人次最多的整点时段，相同时取最早。',
    'The peak hour is the clock hour with most visits, the earliest of equals.',
  ),
  kiosks: t('機站、項目及二維碼數字不計入參觀人次。', '终端、项目及二维码数字不计入参观人次。', 'Kiosk, project and QR figures never feed visits.'),
  authorityLog: t('計入來源的變更', '计入来源的变更', 'Changes of the counting source'),
  voteLog: t('投票的開放與結束', '投票的开放与结束', 'Opening and closing of the vote'),
  gaps: t('已接納的日誌缺口', '已接纳的日志缺口', 'Accepted journal gaps'),
  none: t('沒有', '没有', 'none'),
  devices: t('裝置', '设备', 'Devices'),
  heard: t('有回報', '有回报', 'heard'),
  silent: t('沒有回報', '没有回报', 'silent'),
  waived: t('結算時未有回報而獲豁免', '结算时没有回报而获豁免', 'silent at closing and waived'),
  rows: t('此表超出一張工作表的行數上限，續於下一張。', '此表超出一张工作表的行数上限，续于下一张。', 'This table goes on in the next sheet: a sheet holds no more rows.'),
} as const;

/** 「約 11 000 人次」, 「逾」 is never used by itself; exact numbers stand alone. */
export const publicationLine = (value: number, about: boolean): Text => {
  const n = String(value).replace(/\B(?=(\d{3})+$)/g, '\u00a0');
  return t(`吸引${about ? '約 ' : ' '}${n} 人次參觀`, `吸引${about ? '约 ' : ' '}${n} 人次参观`, `Attracted ${about ? 'about ' : ''}${n} visits`);
};

/** An accepted gap as a sentence: where, received when, by whom accepted, and that it is in no figure. */
export const gapSentence = ({ loss, text, by, notedMs }: Pick<Gap, 'loss' | 'text' | 'by' | 'notedMs'>): Text => {
  const noted = rfc3339(notedMs);
  if (!loss) return t(`${text}（${by}，${noted}）`, `${text}（${by}，${noted}）`, `${text} (${by}, ${noted})`);
  const { from, to, afterMs, beforeMs } = loss;
  const [after, before] = [afterMs, beforeMs].map((ms) => (ms === null ? '—' : rfc3339(ms)));
  const last = to ?? '…';
  return t(
    `日誌位置 ${from} 至 ${last} 的記錄（${after} 至 ${before} 之間收到）已失去，${by} 於 ${noted} 接納；所失的不在任何數字之內。`,
    `日志位置 ${from} 至 ${last} 的记录（${after} 至 ${before} 之间收到）已丢失，${by} 于 ${noted} 接纳；所丢失的不在任何数字之内。`,
    `Journal positions ${from} to ${last} (received between ${after} and ${before}) are lost; accepted by ${by} on ${noted}. None of it is in any figure.`,
  );
};

/** The method in plain words, in the order in which it is printed. */
export const METHOD: readonly Text[] = [
  REPORT_WORDS.visitsNotPeople,
  REPORT_WORDS.authority,
  REPORT_WORDS.excluded,
  REPORT_WORDS.corrected,
  REPORT_WORDS.split,
  REPORT_WORDS.reset,
  REPORT_WORDS.covered,
  REPORT_WORDS.unknown,
  REPORT_WORDS.late,
  REPORT_WORDS.occupancy,
  REPORT_WORDS.dwell,
  REPORT_WORDS.peaks,
  REPORT_WORDS.notAdditive,
  REPORT_WORDS.kiosks,
  REPORT_WORDS.rounding,
  REPORT_WORDS.earlier,
];
