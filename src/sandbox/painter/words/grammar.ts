/** The small words around things: how many, in which colour, none of them; and words that ask for nothing to be drawn. */

export const COLORS: Readonly<Record<string, number>> = {
  'red|赤|赤い|赤色|真っ赤な|红|红色|紅|빨간|빨강|붉은': 0xd2402f,
  crimson: 0xb81f38,
  scarlet: 0xe03a24,
  'orange|オレンジ色|橙色|주황색|주황': 0xee8a2a,
  amber: 0xf0a830,
  'gold|golden|金|金色|金色の|황금|금색': 0xe6b84a,
  'yellow|黄色|黄色い|黄|黄色的|노란|노랑': 0xf2d24b,
  'green|緑|緑色|緑の|绿|绿色|초록|초록색|녹색': 0x4f9e50,
  emerald: 0x23a070,
  lime: 0x9fd040,
  teal: 0x1f9a9a,
  turquoise: 0x3fc8c0,
  cyan: 0x48c8e0,
  'blue|青|青い|青色|水色|蓝|蓝色|藍|파란|파랑|푸른': 0x3b78d8,
  navy: 0x24407f,
  indigo: 0x4a48b0,
  violet: 0x8656c8,
  'purple|紫|紫色|紫の|보라|보라색': 0x8a4fc0,
  lavender: 0xb8a0e6,
  magenta: 0xd0409f,
  'pink|ピンク|ピンク色|桃色|粉|粉色|粉红|粉红色|분홍|분홍색|핑크': 0xf08cb0,
  'brown|茶色|茶色い|棕色|褐色|갈색': 0x8a5a38,
  'white|白|白い|真っ白な|白色|하얀|흰|하양|흰색': 0xf2f0ea,
  'black|黒|黒い|真っ黒な|黑|黑色|검은|까만|검정': 0x26242c,
  'grey|gray|灰色|灰|회색': 0x8c9098,
  'silver|銀|銀色|银|银色|은색': 0xc0c6ce,
  copper: 0xc07848,
};

export const COUNTS: Readonly<Record<string, number>> = {
  zero: 0,
  'one|single|lone|lonely|solitary|another|하나|홀로': 1,
  'two|pair of|a pair of|couple of|a couple of|both|twin|둘': 2,
  'three|trio of|a trio of|셋': 3,
  'several|a few|few|some|넷|数|几|几只|몇|여러': 3,
  four: 4,
  'five|다섯': 5,
  'six|half a dozen|여섯': 6,
  'seven|many|lots of|a lot of|flock of|a flock of|herd of|a herd of|pack of|a pack of|group of|a group of|crowd of|a crowd of|bunch of|a bunch of|bouquet of|a bouquet of|たくさんの|沢山の|たくさん|多くの|许多|很多|一群|많은|일곱': 7,
  'eight|여덟': 8,
  'nine|아홉': 9,
  'ten|열': 10,
  eleven: 11,
  'twelve|dozen|a dozen': 12,
  'twenty|dozens of': 24,
};

/** One to ten as Chinese, Japanese and Korean write them before a counter. */
export const NUMERALS: Readonly<Record<string, number>> = {
  一: 1,
  二: 2,
  两: 2,
  兩: 2,
  両: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
  十: 10,
  한: 1,
  두: 2,
  세: 3,
  네: 4,
  다섯: 5,
  여섯: 6,
  일곱: 7,
  여덟: 8,
  아홉: 9,
  열: 10,
};

export const COUNTERS =
  '匹|頭|羽|人|本|個|つ|隻|台|枚|艘|軒|輪|株|只|个|条|棵|座|艘|朵|位|头|名|栋|间|辆|颗|匹的|마리|개|명|그루|송이|대|척|채|사람|분|자루';

/** `before` what is not wanted, or `after` it. */
export const NEGATORS = {
  before:
    'no|not|without|without any|without a|no more|never|neither|nor|minus|except|excluding|free of|devoid of|lacking|avoid|zero|not any|not a|not an|not the|--no|' +
    "don't draw|don't add|don't include|do not draw|do not add|do not include|isn't|aren't|there is no|there are no|" +
    '没有|沒有|没|無|无|不要|不含|别画|不画|别|不是|没有任何|不带|去掉|除去|非',
  after:
    'なし|無し|のない|がない|はない|のいない|がいない|はいない|もいない|もない|いない|ない|抜き|抜きの|なしの|無しの|ではない|ではなく|じゃない|以外|を描かないで|は描かない|を入れないで|を除いて|を除く|' +
    'absent|없이|없는|없음|없고|없다|없어|없어요|빼고|뺀|말고|제외|제외하고|아닌|아니라|안그리고',
} as const;

/** They join: what holds of the thing before holds of the next. */
export const JOINS =
  'and|or|nor|&|plus|と|や|か|及び|または|および|和|与|與|或|或者|以及|와|과|및|또는|하고|이나|나';

/** They part: what was said of the thing before is over. */
export const PARTS =
  'in|on|at|under|over|above|below|beneath|behind|beside|near|by|with|inside|outside|between|among|into|onto|from|through|across|around|along|of|but|only|just|for|to|as|like|while|next|against|atop|toward|towards|facing|' +
  'に|で|から|へ|まで|より|のに|中|上|下|前|後ろ|横|隣|そば|里|裡|在|旁|旁边|旁邊|下面|上面|后面|前面|里面|但|但是|只有|に浮かぶ|에|에서|위|위에|아래|아래에|옆|옆에|앞|앞에|뒤|뒤에|안|안에|속|속의|사이|위의|밑에';

export const ARTICLES = 'a|an';

/** After a thing; they say nothing of it. `的` also ends what is not wanted. */
export const PARTICLES = 'の|が|を|は|も|的|之|地|得|了|着|들|的话';

/** Korean particles hang on to their word, longest first. */
export const JOSA =
  '에서의|으로의|에게서|이랑은|들이|들은|들을|들의|들과|들도|들|에서|에게|으로|이랑|처럼|까지|부터|보다|마다|밖에|만의|와의|과의|이|가|은|는|을|를|의|에|와|과|도|로|만|랑|인|야|엔|다';

/** Quality, manner, and what things do: not drawn, and no reason to set words. */
export const FILLERS =
  'the|this|that|these|those|its|it|is|are|be|was|were|am|my|your|our|their|his|her|i|we|me|you|there|here|any|all|every|each|very|so|too|more|most|much|really|quite|please|now|then|' +
  'draw|paint|make|show|create|generate|give|want|would|like to see|see|let|picture|pictures|image|images|photo|photos|photograph|photography|photorealistic|photorealism|photorealistic style|painting|drawing|illustration|' +
  'render|rendering|artwork|art|scene|scenery|landscape|portrait|wallpaper|background|view|shot|closeup|close-up|close up|wide|angle|wide-angle|perspective|composition|foreground|sketch|poster|style|' +
  'masterpiece|best|quality|high|highest|highres|high-res|hires|resolution|high-resolution|ultra|ultra-detailed|hyper|hyperrealistic|realistic|realism|detailed|detail|details|intricate|highly|extremely|absurdres|' +
  'hd|uhd|hdr|raw|dslr|bokeh|depth|sharp|focus|film|grain|cinematic|dramatic|epic|moody|atmospheric|volumetric|ambient|global|illumination|lighting|light|lights|lit|soft|hard|warm|cool|cold|bright|dark|vivid|vibrant|' +
  'colorful|colourful|colour|color|colored|coloured|pastel|artstation|trending|award|winning|award-winning|professional|concept|digital|oil|watercolor|watercolour|acrylic|anime|manga|cartoon|comic|pixel|vector|flat|minimalist|minimalistic|' +
  'beautiful|pretty|cute|lovely|adorable|gorgeous|stunning|amazing|awesome|cool|nice|great|majestic|mystical|magical|enchanted|fantasy|dreamy|serene|peaceful|calm|quiet|cozy|cosy|wild|free|proud|happy|sad|angry|sleepy|hungry|curious|playful|funny|silly|friendly|' +
  'small|little|tiny|big|large|huge|giant|tall|short|long|old|young|new|ancient|baby|adult|fat|fluffy|furry|soft|smooth|round|simple|plain|empty|open|deep|distant|lush|rolling|rocky|sandy|clear|blooming|' +
  'sits|sat|sitting|stands|stood|standing|lies|lying|lays|sleeps|slept|sleeping|runs|ran|running|jumps|jumped|jumping|walks|walked|walking|flies|flew|flying|swims|swam|swimming|looks|looked|looking|plays|playing|eats|ate|eating|' +
  'watches|watching|waits|waiting|stares|staring|leaps|rests|rises|rising|shines|shining|sails|sailing|floats|floating|drifts|drifting|glows|glowing|sets|setting|grows|growing|blooms|sleep|sit|run|jump|fly|swim|stand|walk|play|look|leaping|' +
  'riding|rides|rode|holding|wearing|carrying|chasing|chases|following|reading|driving|dancing|singing|hiding|climbing|crossing|perched|howling|curled|crouching|leaning|sailing|hopping|catching|chasing|drinking|smiling|laughing|talking|looks|lie|lives|living|time|' +
  'against|together|alone|surrounded|covered|filled|made|seen|full|up|down|out|off|away|back|left|right|side|middle|center|centre|top|front|solo|one day|sky|skies|air|ground|floor|horizon|distance|world|nature|natural|outdoors|outdoor|k|' +
  '絵|写真|イラスト|風景|画像|描いて|描く|ください|下さい|美しい|かわいい|可愛い|綺麗な|きれいな|大きな|大きい|小さな|小さい|古い|静かな|です|ます|いる|ある|してい|している|し|て|た|だ|な|い|さ|お|ある日|座っ|座る|座った|眠る|眠っ|走る|走っ|飛ぶ|飛ん|立つ|立っ|泳ぐ|泳い|見る|見て|浮かぶ|浮かん|照らさ|照らす|光|光る|空|描か|入れ|写ら|最高品質|傑作|高画質|一つの|' +
  '画|一幅|图|图片|照片|插画|风景|美丽|美丽的|可爱|可爱的|大|小|大的|小的|古老|古老的|安静|坐|坐在|站|站在|睡|睡在|睡觉|跑|奔跑|飞|飞翔|飞过|飞行|躺|躺在|游|看|看着|走|走在|开|开满|有|是|正在|正|上空|天空|天上|空中|最佳质量|杰作|高清|请|一下|着|' +
  '그림|사진|이미지|일러스트|풍경|그려|그려줘|그려주세요|줘|주세요|귀여운|아름다운|예쁜|큰|작은|커다란|조그만|오래된|조용한|앉은|앉아|앉아있는|있는|자는|잠자는|달리는|뛰는|나는|날아가는|서|서있는|수영하는|하늘|빛나는|떠|떠있는|고품질|걸작|아주|매우|정말';
