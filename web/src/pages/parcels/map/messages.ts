// Words of the map.
export const map = {
  zh: {
    label: '地块地图，方向键移动，加号和减号缩放', list: '地块', legend: '图例', loading: '正在打开地图…', cannot: '这台电脑的浏览器画不了地图（需要 WebGL 2），旁边的列表照常可用。',
    zoom_in: '放大', zoom_out: '缩小', attribution: '底图来源', metres: '米', kilometres: '千米',
    lead: '{count} 宗，{mu} 亩，{on}', search: '名称、宗地代码、权利人', found: '{n} / {total} 宗', first_of: '前 {n} 宗，共 {total} 宗；输入文字可缩小范围',
    keys: '上下键选择，回车打开，空格加入对比；地图上按住 Shift 单击也可加入对比。', picked: '选中的地块', open: '打开地块', compare: '加入对比', uncompare: '移出对比', in_comparison: '对比',
    not_drawn: '这宗地还没有界址，地图上看不到。', undrawn: '另有 {n} 宗没有界址，只在列表里。', none_drawn: '还没有一宗地有界址', none_drawn_hint: '在“界址导入”里读入 GeoJSON、Shapefile、GeoPackage 或界址点表。',
    colour_by: '着色', per_mu: '折合每亩', run: '评价', against: '与之相比', nothing: '不比较', labels: '名称', buildings: '建筑', range: '{from} — {to}', below: '{n} 以下', from_on: '{n} 及以上', changed: '一年内有变更', unchanged: '没有变更', no_value: '没有数据', no_grade: '未定级',
    change_of: '{what}的变化', print: '打印', picture: '存为图片', picture_title: '地块图：{what}',
  },
  en: {
    label: 'Map of parcels; arrow keys move it, plus and minus zoom', list: 'Parcels', legend: 'Legend', loading: 'Opening the map…', cannot: 'This browser cannot draw the map (it needs WebGL 2); the list beside it works as ever.',
    zoom_in: 'Zoom in', zoom_out: 'Zoom out', attribution: 'About the base map', metres: 'm', kilometres: 'km',
    lead: '{count} parcels, {mu} mu, on {on}', search: 'Name, parcel code, holder', found: '{n} of {total}', first_of: 'The first {n} of {total}; type to narrow them down',
    keys: 'Up and down choose, Enter opens, Space compares; on the map, click with Shift to compare.', picked: 'Chosen parcel', open: 'Open the parcel', compare: 'Compare', uncompare: 'Do not compare', in_comparison: 'compared',
    not_drawn: 'This parcel has no boundary yet and cannot be seen on the map.', undrawn: '{n} more have no boundary and stand in the list alone.', none_drawn: 'No parcel has a boundary yet', none_drawn_hint: 'Read GeoJSON, Shapefile, GeoPackage or a table of boundary points under Boundaries.',
    colour_by: 'Colour by', per_mu: 'per mu', run: 'Evaluation', against: 'Compared with', nothing: 'nothing', labels: 'Names', buildings: 'Buildings', range: '{from} – {to}', below: 'below {n}', from_on: '{n} and more', changed: 'Changed within a year', unchanged: 'Unchanged', no_value: 'No data', no_grade: 'Not graded',
    change_of: 'Change of {what}', print: 'Print', picture: 'Save as picture', picture_title: 'Parcels: {what}',
  },
}
