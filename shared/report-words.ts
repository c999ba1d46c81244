/** The names of tables and columns in reports, in three languages: the fixed terms of the count (SPEC). */
import type { Grouping } from './attendance.ts';
import type { Text } from './words.ts';

const t = (hk: string, cn: string, en: string): Text => ({ 'zh-HK': hk, 'zh-CN': cn, en });

export const TABLE_NAMES: { [T in Grouping | 'cover' | 'reconciliation' | 'corrections' | 'method']: Text } = {
  cover: t('封面', '封面', 'Cover'),
  day: t('每日', '每日', 'Daily'),
  hour: t('每小時', '每小时', 'Hourly'),
  point: t('門口', '门口', 'Points'),
  zone: t('展區', '展区', 'Zones'),
  source: t('來源', '来源', 'Sources'),
  project: t('項目', '项目', 'Projects'),
  kiosk: t('機站', '终端', 'Kiosks'),
  link: t('二維碼', '二维码', 'QR'),
  reconciliation: t('對帳', '对账', 'Reconciliation'),
  corrections: t('調整', '调整', 'Adjustments'),
  method: t('方法', '方法', 'Method'),
};

export const COLUMN_NAMES: { [column: string]: Text } = {
  day: t('日期', '日期', 'Date'),
  hour: t('時段開始', '时段开始', 'Hour start'),
  visits: t('參觀人次', '参观人次', 'Visits'),
  entries: t('入場人次', '入场人次', 'Entries'),
  exits: t('離場人次', '离场人次', 'Exits'),
  corrections: t('人手調整', '人工调整', 'Adjustments'),
  peakHour: t('最高峰時段', '最高峰时段', 'Peak hour'),
  peakHourVisits: t('最高峰時段人次', '最高峰时段人次', 'Peak hour visits'),
  peakOccupancy: t('同時在場最高（估算）', '同时在场最高（估算）', 'Peak occupancy (estimate)'),
  sessions: t('互動節數', '互动次数', 'Sessions'),
  engagedSessions: t('有效互動節數', '有效互动次数', 'Engaged sessions'),
  projectViews: t('項目瀏覽', '项目浏览', 'Project views'),
  views: t('瀏覽', '浏览', 'Views'),
  shown: t('二維碼展示', '二维码展示', 'QR shown'),
  scanned: t('二維碼掃描', '二维码扫描', 'QR scanned'),
  coverage: t('覆蓋率（%）', '覆盖率（%）', 'Coverage (%)'),
  status: t('狀態', '状态', 'Status'),
  point: t('門口', '门口', 'Point'),
  zone: t('展區', '展区', 'Zone'),
  source: t('來源', '来源', 'Source'),
  received: t('收到', '收到', 'Received'),
  accepted: t('計入', '计入', 'Accepted'),
  shadow: t('影子（不計）', '影子（不计）', 'Shadow'),
  duplicates: t('重複', '重复', 'Duplicates'),
  quarantined: t('待查', '待查', 'Quarantined'),
  staff: t('工作人員', '工作人员', 'Staff'),
  outside: t('開放時間外', '开放时间外', 'Outside hours'),
  check: t('核對（應為 0）', '核对（应为 0）', 'Check (must be 0)'),
  project: t('項目', '项目', 'Project'),
  votes: t('投票', '投票', 'Votes'),
  kiosk: t('機站', '终端', 'Kiosk'),
  faults: t('故障', '故障', 'Faults'),
  code: t('短碼', '短码', 'Code'),
  in: t('入', '入', 'In'),
  out: t('出', '出', 'Out'),
  reason: t('原因', '原因', 'Reason'),
  by: t('操作人', '操作人', 'By'),
};

export const REPORT_WORDS = {
  showcase: t('展覽', '展览', 'Showcase'),
  range: t('日期範圍', '日期范围', 'Days'),
  asOf: t('資料截至', '数据截至', 'As at'),
  position: t('日誌位置', '日志位置', 'Journal position'),
  rule: t('點算規則版本', '计数规则版本', 'Counting rules'),
  hash: t('每日表 CSV 的 SHA-256', '每日表 CSV 的 SHA-256', 'SHA-256 of the daily CSV'),
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
} as const;

/** 「約 11 000 人次」, 「逾」 is never used by itself; exact numbers stand alone. */
export const publicationLine = (value: number, about: boolean): Text => {
  const n = String(value).replace(/\B(?=(\d{3})+$)/g, '\u00a0');
  return t(`吸引${about ? '約 ' : ' '}${n} 人次參觀`, `吸引${about ? '约 ' : ' '}${n} 人次参观`, `Attracted ${about ? 'about ' : ''}${n} visits`);
};
