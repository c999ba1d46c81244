/** What a visitor hears on the way to a code, key by key. `>` is a key; a line in another language than the visit's says which. */
import type { Lang } from '../../shared/words.ts';

/** The same whatever is chosen then: nobody has yet. */
const woken = `> any key
你正在使用觸控資訊站。鍵盤有五個凸起的鍵：上、下、左、右和中間的確定鍵。按上下鍵選擇按鈕，按確定鍵使用；按右鍵逐句聆聽，按左鍵聽你在哪裏。
(zh-CN) 您正在使用触摸信息站。键盘有五个凸起的键：上、下、左、右和中间的确定键。按上下键选择按钮，按确定键使用；按右键逐句收听，按左键听您在哪里。
(en) You are at a touchscreen kiosk. The keypad has five raised keys: up, down, left, right and a centre select key. Up and down choose a button, select uses it. Right reads on sentence by sentence, left says where you are.
智慧香港展館 Smart Hong Kong Pavilion
香港國際創科展
萬家燈火
過百項香港創科方案，走近看看
選擇語言，即可開始
不設鏡頭，不收集個人資料
這一頁有 5 個按鈕。
(zh-CN) 本页有 5 个按钮。
(en) 5 buttons on this screen.
`;

export const transcripts: { [L in Lang]: string } = {
  'zh-HK': `
${woken}> down to zh-HK
繁體中文 觸碰開始
> select
選一層梯台
這一頁有 16 個按鈕。
> down, down, down
全部項目
智慧生活 1 項
智慧出行 3 項
> select
實時交通燈號調節系統
路口按行人和車輛，分配綠燈時間
運輸署
18 層，一層 = 5 分鐘；預測未來的車速：90 分鐘
智慧出行 第 1 項，共 3 項
這一頁有 12 個按鈕。
> left: where am I
實時交通燈號調節系統
這一頁有 12 個按鈕。
> right, right: sentence by sentence
實時交通燈號調節系統
路口按行人和車輛，分配綠燈時間
> down, down
下一層
上一個
> select: the project
實時交通燈號調節系統
感應器在路口量度行人和車輛。
最長 90 分鐘 預測未來的車速
香港智慧城市方案 運輸署
資料來源：智慧城市網站，截至2025年
18 層，一層 = 5 分鐘；預測未來的車速：90 分鐘
智慧出行 第 1 項，共 3 項
這一頁有 13 個按鈕。
> up, down
上一個
用手機帶走
> select: take it home
實時交通燈號調節系統
用手機慢慢看
掃描二維碼，到智慧城市網站看香港的最新進展。
二維碼，連結至 go.example.hk/q/K7Q2M9
或輸入網址
(en) go.example.hk
(en) /q/K7Q2M9
1 打開手機相機
2 對準二維碼
3 按彈出的連結
這一頁有 10 個按鈕。
`,
  'zh-CN': `
${woken}> down to zh-CN
繁體中文 觸碰開始
(zh-CN) 简体中文 触摸开始
> select
选一层梯台
本页有 16 个按钮。
> down, down, down
全部项目
智慧生活 1 项
智慧出行 3 项
> select
实时交通信号调节系统
路口根据行人和车辆，分配绿灯时间
运输署
18 层，一层 = 5 分钟；预测未来的车速：90 分钟
智慧出行 第 1 项，共 3 项
本页有 12 个按钮。
> left: where am I
实时交通信号调节系统
本页有 12 个按钮。
> right, right: sentence by sentence
实时交通信号调节系统
路口根据行人和车辆，分配绿灯时间
> down, down
下一层
上一个
> select: the project
实时交通信号调节系统
传感器在路口统计行人和车辆。
最长 90 分钟 预测未来的车速
香港智慧城市方案 运输署
资料来源：智慧城市网站，截至2025年
18 层，一层 = 5 分钟；预测未来的车速：90 分钟
智慧出行 第 1 项，共 3 项
本页有 13 个按钮。
> up, down
上一个
用手机带走
> select: take it home
实时交通信号调节系统
用手机慢慢看
扫描二维码，到智慧城市网站看香港的最新进展。
二维码，链接到 go.example.hk/q/K7Q2M9
或输入网址
(en) go.example.hk
(en) /q/K7Q2M9
1 打开手机相机
2 对准二维码
3 点击弹出的链接
本页有 10 个按钮。
`,
  en: `
${woken}> down to en
繁體中文 觸碰開始
(zh-CN) 简体中文 触摸开始
(en) English Touch to start
> select
Choose a terrace
16 buttons on this screen.
> down, down, down
All projects
Smart Living 1 project
Smart Mobility 3 projects
> select
Real-time Adaptive Traffic Signal System
Green lights timed to the people and cars at a junction
Transport Department
18 floors. One floor = 5 minutes. speed forecast: 90 minutes
Smart Mobility 1 of 3
12 buttons on this screen.
> left: where am I
Real-time Adaptive Traffic Signal System
12 buttons on this screen.
> right, right: sentence by sentence
Real-time Adaptive Traffic Signal System
Green lights timed to the people and cars at a junction
> down, down
Terrace down
Previous
> select: the project
Real-time Adaptive Traffic Signal System
Sensors at junctions measure people and cars and share out green time between them.
up to 90 minutes speed forecast
A Hong Kong smart city solution Transport Department
Source: Smart city website ; as at 2025
18 floors. One floor = 5 minutes. speed forecast: 90 minutes
Smart Mobility 1 of 3
13 buttons on this screen.
> up, down
Previous
Take it home
> select: take it home
Real-time Adaptive Traffic Signal System
Keep reading on your phone
Scan for the latest on smart Hong Kong, on the smart city website.
QR code that leads to go.example.hk/q/K7Q2M9
Or go to
go.example.hk
/q/K7Q2M9
1 Open your camera
2 Point at the code
3 Tap the link
10 buttons on this screen.
`,
};
