/**
 * What the painter can draw, and by which words it is asked for, in four scripts. A word stands here only where its picture is
 * that thing: a horse is no deer without antlers. Words of a thing are parted by `|`; English ones get their plurals.
 */
import type { ShapeName } from '../shapes.ts';

export type Hour = 'dawn' | 'day' | 'sunset' | 'night' | 'storm' | 'space';
export type Terrain = 'hills' | 'mountains' | 'forest' | 'sea' | 'desert' | 'city' | 'snow' | 'meadow';
export type Weather = 'rain' | 'snow';
export type Sky = 'sun' | 'moon' | 'stars' | 'clouds' | 'blossoms';

export const HOURS: Readonly<Record<Hour, string>> = {
  dawn: 'dawn|sunrise|morning|daybreak|mist|misty|fog|foggy|朝|朝焼け|夜明け|日の出|霧|清晨|早晨|黎明|日出|雾|새벽|아침|일출|안개',
  day: 'day|daytime|noon|midday|afternoon|sunny|sunlit|blue sky|昼|昼間|晴れ|晴天|青空|白天|中午|晴|蓝天|낮|한낮|맑은',
  sunset:
    'sunset|dusk|evening|twilight|golden hour|夕方|夕焼け|夕暮れ|夕日|黄昏|傍晚|日落|晚霞|夕阳|노을|석양|저녁|해질녘',
  night:
    'night|midnight|nighttime|nocturnal|moonlit|moonlight|starry|starlit|night sky|夜|真夜中|夜空|夜景|星空|夜晚|深夜|月夜|밤|한밤|밤하늘|야경',
  storm: 'storm|stormy|thunderstorm|thunder|rainy|嵐|雷雨|暴風|暴风|暴风雨|暴雨|폭풍|폭풍우',
  space:
    'space|outer space|galaxy|nebula|cosmos|cosmic|universe|milky way|宇宙|銀河|星雲|太空|银河|星云|우주|은하|은하수|성운',
};

export const TERRAINS: Readonly<Record<Terrain, string>> = {
  hills: 'hill|hillside|countryside|丘|丘陵|山丘|언덕',
  mountains:
    'mountain|mountainside|alps|himalaya|himalayas|peak|mount fuji|mt fuji|山|山々|山脈|雪山|富士山|高山|群山|山脉|산|산맥|설산',
  forest:
    'forest|woods|woodland|jungle|rainforest|rain forest|pine forest|森|森林|林|ジャングル|樹林|树林|丛林|숲|정글',
  sea: 'sea|ocean|lake|beach|seaside|coast|shore|bay|wave|海|海辺|海岸|湖|ビーチ|浜辺|大海|海滩|海边|海洋|湖泊|沙滩|바다|호수|해변|바닷가',
  desert: 'desert|dune|sahara|砂漠|砂丘|沙漠|沙丘|사막',
  city: 'city|skyline|cityscape|skyscraper|downtown|cyberpunk|tokyo|new york|street|都市|都会|街|街並み|東京|ビル街|城市|都市|大城市|街道|东京|도시|거리|도쿄|서울',
  snow: 'snow|snowy|snowfield|snowfall|winter|arctic|雪|雪原|冬|雪景色|雪地|雪景|冬天|눈|설원|겨울|눈밭',
  meadow:
    'meadow|field|grass|grassland|garden|park|pasture|prairie|草原|野原|草|草地|花畑|花園|庭|公園|花园|田野|公园|초원|들판|풀밭|꽃밭|정원|공원',
};

export const SUBJECTS: Readonly<Record<ShapeName, string>> = {
  fox: 'fox|vixen|狐|キツネ|きつね|狐狸|여우',
  cat: 'cat|kitten|kitty|kitties|tabby|catgirl|猫|子猫|黒猫|白猫|三毛猫|ネコ|ねこ|にゃんこ|貓|小猫|小貓|黑猫|猫咪|猫猫|花猫|고양이|새끼고양이|길고양이|야옹이',
  dog: 'dog|puppy|puppies|doggy|hound|corgi|shiba|shiba inu|golden retriever|labrador|retriever|german shepherd|poodle|beagle|husky|犬|子犬|柴犬|イヌ|いぬ|わんこ|狗|小狗|狗狗|개|강아지|멍멍이|시바견',
  wolf: 'wolf|狼|オオカミ|おおかみ|늑대',
  rabbit: 'rabbit|bunny|bunnies|hare|兎|うさぎ|ウサギ|兔|兔子|小兔|小兔子|白兔|토끼',
  bear: 'bear|grizzly|bear cub|熊|クマ|くま|小熊|곰|아기곰',
  panda: 'panda|giant panda|panda bear|パンダ|大熊猫|熊猫|大貓熊|판다',
  owl: 'owl|梟|フクロウ|ふくろう|猫头鹰|貓頭鷹|부엉이|올빼미',
  bird: 'bird|songbird|eagle|hawk|crow|raven|seagull|gull|sparrow|pigeon|dove|swallow|鳥|小鳥|カラス|鷹|鸟|小鸟|飞鸟|老鹰|乌鸦|海鸥|새|작은새|독수리|까마귀|갈매기|참새',
  deer: 'deer|stag|elk|reindeer|鹿|シカ|トナカイ|小鹿|梅花鹿|사슴|순록',
  horse: 'horse|pony|ponies|stallion|mare|馬|ウマ|白馬|马|白马|骏马|말|조랑말|백마',
  whale: 'whale|blue whale|humpback|鯨|クジラ|くじら|鲸|鲸鱼|蓝鲸|고래',
  fish: 'fish|fishes|goldfish|koi|salmon|carp|trout|魚|金魚|鯉|鱼|金鱼|锦鲤|鲤鱼|小鱼|물고기|금붕어|잉어',
  ship: 'ship|boat|sailboat|sailing ship|sailing boat|yacht|pirate ship|船|帆船|ヨット|小舟|海賊船|小船|船只|海盗船|배|돛단배|범선|요트|해적선',
  house:
    'house|cabin|cottage|hut|barn|farmhouse|log cabin|家|小屋|一軒家|民家|房子|小屋|屋子|木屋|小木屋|집|오두막|통나무집',
  castle: 'castle|fortress|城|お城|古城|城堡|성|고성|성채',
  lighthouse: 'lighthouse|灯台|燈台|灯塔|燈塔|등대',
  tree: 'tree|oak|oak tree|pine tree|bonsai|willow|sakura|cherry tree|maple tree|木|樹|大木|木々|桜|桜の木|樹木|盆栽|树|大树|树木|樱花树|柳树|나무|벚나무|소나무|분재',
  person:
    'person|persons|people|man|men|woman|women|girl|boy|guy|lady|ladies|child|children|kid|human|humans|astronaut|knight|samurai|wizard|hero|heroes|king|queen|prince|princess|人|人々|人物|男|女|男性|女性|少女|少年|女の子|男の子|子供|子ども|侍|騎士|宇宙飛行士|王様|女王|男人|女人|女孩|男孩|孩子|小孩|人类|骑士|武士|宇航员|国王|女子|男子|사람|남자|여자|소녀|소년|아이|기사|사무라이|우주비행사|왕|여왕',
  robot: 'robot|android|droid|mech|mecha|ロボット|機器人|机器人|로봇',
  rocket: 'rocket|rocket ship|spaceship|ロケット|火箭|로켓',
  balloon: 'balloon|hot air balloon|hot-air balloon|風船|気球|熱気球|バルーン|气球|氣球|热气球|풍선|열기구',
  flower:
    'flower|rose|tulip|sunflower|lotus|daisy|daisies|poppy|poppies|花|薔薇|バラ|ひまわり|向日葵|チューリップ|お花|花朵|玫瑰|小花|鲜花|郁金香|荷花|꽃|장미|해바라기|튤립|연꽃',
  mushroom: 'mushroom|toadstool|茸|きのこ|キノコ|蘑菇|버섯',
};

export const SKIES: Readonly<Record<Sky, string>> = {
  sun: 'sun|太陽|太阳|해|태양',
  moon: 'moon|full moon|crescent moon|moonlit|moonlight|月|満月|三日月|お月様|月亮|满月|新月|달|보름달|초승달',
  stars: 'star|starry|starlit|shooting star|星|星空|流れ星|星星|繁星|별|별빛',
  clouds: 'cloud|cloudy|overcast|雲|曇り|云|云朵|白云|구름|흐린',
  blossoms: 'blossom|wildflower|petal|flower field|花畑|花海|꽃밭',
};

export const WEATHERS: Readonly<Record<Weather, string>> = {
  rain: 'rain|raining|rainy|rainfall|raindrop|drizzle|downpour|thunderstorm|雨|大雨|小雨|雷雨|下雨|暴雨|暴风雨|비|빗방울|소나기|폭풍우',
  snow: 'snowing|snowfall|snowflake|blizzard|snowstorm|吹雪|雪花|下雪|暴风雪|大雪|눈보라|함박눈|눈송이',
};

/** Many kinds at once: "no animals". Asked for, they say too little to be drawn. */
export const KINDS: Readonly<Record<string, readonly (ShapeName | Terrain | Sky)[]>> = {
  'animal|creature|wildlife|pet|動物|生き物|动物|宠物|동물|생물': [
    'fox',
    'cat',
    'dog',
    'wolf',
    'rabbit',
    'bear',
    'panda',
    'owl',
    'bird',
    'deer',
    'horse',
    'whale',
    'fish',
  ],
  'building|architecture|建物|建築|建筑|建筑物|건물|건축물': ['house', 'castle', 'lighthouse', 'city'],
  'plant|vegetation|植物|식물': ['tree', 'flower', 'mushroom', 'forest', 'blossoms'],
  'anybody|anyone|somebody|figure|crowd|人影|人群|군중': ['person'],
  'water|水|물': ['sea'],
};

/** What a word about one thing bars as well: where no trees are wanted there is no wood of them. */
export const BARS: Readonly<Record<string, readonly (ShapeName | Terrain | Sky)[]>> = {
  tree: ['tree', 'forest'],
  forest: ['forest', 'tree'],
  flower: ['flower', 'blossoms'],
  blossoms: ['flower', 'blossoms'],
  meadow: ['meadow', 'blossoms'],
  sun: ['sun'],
  house: ['house', 'castle'],
};

/** Said in one word: nobody is there. */
export const ABSENCES: Readonly<Record<string, readonly (ShapeName | Terrain | Sky)[]>> = {
  'nobody|no one|no-one|uninhabited|無人|無人の|无人|무인': ['person'],
  'treeless|deforested': ['tree', 'forest'],
  'cloudless|雲ひとつない|雲一つない|万里无云': ['clouds'],
  moonless: ['moon'],
  starless: ['stars'],
  sunless: ['sun'],
  flowerless: ['flower', 'blossoms'],
};

/**
 * Longer words around a known one that mean something else. Whole words of Chinese and Japanese are found by a dictionary
 * (`tokens`); these are what it parts, and what English writes in two.
 */
export const OTHERS =
  'hot dog|teddy bear|gummy bear|polar bear|bear trap|sea lion|sea horse|sea urchin|sea cucumber|dog house|doghouse|bird house|birdhouse|bird cage|' +
  'cat eye|cat eyes|fish tank|fish bowl|fish and chips|tree house|treehouse|tree frog|family tree|christmas tree|snow white|snow leopard|snow globe|snow cone|' +
  'star wars|star trek|starfish|star fruit|rock star|pop star|movie star|space station|space suit|space invaders|moon landing|moon cake|sun glasses|rain coat|' +
  'flower pot|flower girl|rose gold|rose quartz|rose window|house music|house plant|full house|white house|opera house|light house keeper|king kong|king crab|' +
  'queen bee|burger king|chess king|chess queen|stick man|iron man|spider man|bat man|super man|ice man|snow man|gingerbread man|wolf man|cat woman|wonder woman|' +
  'field hockey|field mouse|ice cream|beach ball|city hall|street food|mountain bike|mountain goat|mountain dew|sailor moon|desert eagle|sand castle|' +
  'bouncy castle|horse shoe|rocking horse|clothes horse|trojan horse|crocodile dundee|rabbit hole|dust bunny|playboy bunny|red bull|day dream|night club|' +
  'night stand|night gown|dry ice|brain storm|space bar|parking space|mushroom cloud|cloud computing|balloon animal|balloon dog|cat food|dog food|' +
  'cat fish|fox news|fire fox|firefox|ship yard|space shuttle|wave form|hair wave|micro wave|sound wave|shock wave|table cloth|' +
  '熱狗|热狗|海豹|海獅|海狮|海星|海馬|海马|海老|海苔|河马|河馬|斑马|人魚|人鱼|美人鱼|人形|雪だるま|雪人|花火|花瓶|花生|木馬|木马|山羊|猫背|猫舌|犬小屋|鳥居|鳥かご|鸟笼|' +
  '星期|火星|土星|人参|月餅|月饼|月曜日|天狗|狼人|人狼|熊手|犬歯|部屋|家族|家具|作家|画家|国家|大家|专家|音楽家|马路|马桶|马上|草莓|仙人掌|仙人|海軍|海军|海盗|海賊|船長|船长|' +
  '雨傘|雨伞|城管|林檎|竜|바다표범|바다사자|눈사람|눈물|달력|별명|개구리|개미|새우|말벌|배추|비행기|꽃게|인어|산타|곰팡이|곰인형|성당|성격';
