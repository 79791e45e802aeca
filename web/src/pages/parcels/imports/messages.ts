// Words of taking in boundaries.
export const imports = {
  zh: {
    title: '界址导入', lead: 'GeoJSON、Shapefile（zip）、GeoPackage、界址点 Excel 表', drop: '把界址文件拖到这里', pick: '选择文件', kinds: '.geojson .json .zip .gpkg .xlsx .csv；读入后先看结果，再决定入账', sending: '正在发送 {name}…', waiting: '待处理', none: '没有待处理的界址文件', none_hint: '读入的文件在这里等待核对。',
    look: '查看', file: '文件', features: '图形', crs: '坐标系', crs_open: '读文件时判断', back: '界址导入', stage_title: '核对界址',
    question: '这个文件是什么坐标系？', question_hint: '按每个候选坐标系，图形会落在地图上不同的位置。选中它真正所在的位置。', chosen: '坐标系：{title}', change_crs: '改坐标系', swapped: '（X、Y 已对调）', swap: '对调 X、Y', swap_short: 'X、Y 对调', take: '就是这个', existing: '已有界址', incoming: '文件里的图形', sample: '第一个图形',
    other: '其他坐标系（EPSG 编号）', other_take: '使用', changes: '变化', kind: { new: '新增界址', changed: '界址变化', unchanged: '没有变化', unknown: '台账里没有这宗地', held: '有错误，暂不写入' },
    number: '序号', parcel: '地块', boundary_area: '图形面积', legal_area: '法定面积', off: '相差', findings: '问题', accept: '入账', accept_title: '界址入账', accept_words: '新增 {new} 宗、更改 {changed} 宗界址，写入台账新的一版；以前的界址仍可按日期查看。', discard: '放弃', discarded: '已放弃', accepted: '界址已入账', show_on_map: '在地图上看', not_ready: '先回答坐标系的问题，再入账。', preview: '预览地图',
    none_left: '没有要写入的界址', system: { own: '文件自带的投影', gcj02: 'GCJ-02（高德、腾讯）', bd09: 'BD-09（百度）' },
    column_question: '哪一列是宗地代码？', column_taken: '按“{name}”列认地块；也可以换一列。', column_known: '{filled} 个值，{known} 个是台账里的地块', column_sample: '例：{sample}', column_take: '用这一列',
  },
  en: {
    title: 'Boundaries', lead: 'GeoJSON, Shapefile (zip), GeoPackage, a workbook of boundary points', drop: 'Drop a file of boundaries here', pick: 'Choose a file', kinds: '.geojson .json .zip .gpkg .xlsx .csv; look at what was read before you accept it', sending: 'Sending {name}…', waiting: 'Waiting', none: 'No file of boundaries waits', none_hint: 'Files that were read wait here until somebody has looked at them.',
    look: 'Look', file: 'File', features: 'Shapes', crs: 'Coordinate system', crs_open: 'as the file says', back: 'Boundaries', stage_title: 'Check boundaries',
    question: 'Which coordinate system is this file in?', question_hint: 'Each candidate puts the shapes elsewhere on the map. Choose the one that puts them where they are.', chosen: 'Coordinate system: {title}', change_crs: 'Change', swapped: ' (X and Y swapped)', swap: 'Swap X and Y', swap_short: 'X and Y swapped', take: 'This one', existing: 'Known boundaries', incoming: 'Shapes of the file', sample: 'First shape',
    other: 'Another system (EPSG number)', other_take: 'Use it', changes: 'Changes', kind: { new: 'New boundary', changed: 'Boundary changes', unchanged: 'Unchanged', unknown: 'No such parcel in the ledger', held: 'Held back by an error' },
    number: 'No.', parcel: 'Parcel', boundary_area: 'Boundary', legal_area: 'Legal', off: 'Off by', findings: 'Findings', accept: 'Accept', accept_title: 'Accept the boundaries', accept_words: '{new} new and {changed} changed boundaries become a revision of the ledger; earlier ones can still be seen by date.', discard: 'Discard', discarded: 'Discarded', accepted: 'Boundaries accepted', show_on_map: 'On the map', not_ready: 'Answer which coordinate system it is before you accept.', preview: 'Map preview',
    none_left: 'There is no boundary to write', system: { own: 'the projection the file describes', gcj02: 'GCJ-02 (Amap, Tencent)', bd09: 'BD-09 (Baidu)' },
    column_question: 'Which column says which parcel?', column_taken: 'Parcels are known by “{name}”; another column can be taken.', column_known: '{filled} values, {known} of them parcels of the ledger', column_sample: 'e.g. {sample}', column_take: 'Take this column',
  },
}
