/**
 * The programs of the stage (GLSL ES 3). Nothing is lit here: light is baked; the programs mix night and day, add mist, dim what is
 * not the subject, light the windows and ripple the water. Colours are sRGB throughout and go out as they are.
 */

const precision = 'precision highp float;precision highp int;';
const matrices = 'uniform mat4 modelMatrix,viewMatrix,projectionMatrix;';
/** what stands at the origin, as the camera sees it; in the mirror, which clips, upside down */
const seen = 'uniform mat4 viewMatrix,projectionMatrix; uniform float uClip; vec4 seen(vec3 p){ if(uClip>-50.) p.y=-p.y; return viewMatrix*vec4(p,1.); }';

/** mist by depth and height, dimming around the focus, by terrace, and the sinking of what stands before it */
const place = `
uniform float uDay; uniform vec2 uMistZ,uMistY; uniform vec4 uFocus; uniform vec2 uFocusDir; uniform vec2 uTerrace; uniform vec4 uSink;
float mistAt(vec3 p){ float d=clamp((uMistZ.x-p.z)/(uMistZ.x-uMistZ.y),0.,1.); float h=1.-smoothstep(uMistY.x,uMistY.y,p.y); return clamp(d*d*(.26+.8*h),0.,1.); }
float dimAt(vec3 p,float code){
  vec3 v=p-uFocus.xyz; float d=dot(v.xz,uFocusDir); float l=dot(v.xz,vec2(uFocusDir.y,-uFocusDir.x));
  float f=uFocus.w*smoothstep(1.7,5.0,length(vec3(l*.5,v.y*1.15,d*(d<0.?1.75:1.1))));
  float t=uTerrace.y*(abs(mod(code,16.)-uTerrace.x)<.5?0.:1.);
  return max(f,t);
}
vec3 sunk(vec3 p,float code){ if(code>15.5&&abs(code-16.-uSink.z)<.5&&uSink.w>0.){ float r=length((p.xz-uSink.xy)*vec2(1.)); p.y-=uSink.w*1.7*(1.-smoothstep(5.,8.5,r)); } return p; }
`;

export const cityVertex = `${precision}${seen}${place}
in vec4 aPlace; in vec4 aNight; in vec4 aDay; uniform float uScale; out vec3 vColour; out float vMist,vDim,vY;
void main(){ vec3 p=sunk(aPlace.xyz*uScale,aPlace.w); vColour=mix(aNight.rgb,aDay.rgb,uDay); vMist=max(mistAt(p),1.-aNight.a); vDim=dimAt(p,aPlace.w); vY=p.y;
 gl_Position=projectionMatrix*seen(p); }`;

export const cityFragment = `${precision}
uniform vec3 mist,dim; uniform float uClip,uDay; in vec3 vColour; in float vMist,vDim,vY; out vec4 o;
void main(){ if(vY<uClip) discard; vec3 c=mix(vColour,mist,vMist); o=vec4(mix(c,mix(dim,c,.22),vDim),1.); }`;

/** stands: a position, its stand's number (and a quarter where it is the sculpture, which a model may stand in for); the focus grows on the spot */
export const standVertex = `${precision}${seen}${place}
in vec3 position; in float aStand; in vec4 aNight; in vec4 aDay; uniform vec2 uGrow; uniform vec3 uGrowAt; uniform float uBare; out vec3 vColour; out float vMist,vDim,vY;
void main(){ vec3 p=position; float own=abs(aStand-uGrow.x)<.5?1.:0.; p=mix(p,uGrowAt+(p-uGrowAt)*1.18,own*uGrow.y);
 vColour=mix(aNight.rgb,aDay.rgb,uDay); vMist=mistAt(p)*.75; vDim=dimAt(p,aNight.a*255.)*(1.-own)*.92; vY=p.y; gl_Position=projectionMatrix*seen(p);
 if(uBare>.5&&own>.5&&fract(aStand)>.1) gl_Position=vec4(2.,2.,2.,1.); }`;

/** one instance a window; x: all below are lit, y: how far the lighting has come, z: how many light at once, w: how many light in the end */
export const paneVertex = `${precision}${seen}${place}
in vec2 aCorner; in vec4 aPane; in vec4 aShape; uniform float uScale,uCounted; uniform vec4 uLamps; uniform vec3 paneA,paneB,paneOff; out vec3 vColour; out vec2 vCorner; out float vMist,vLit,vDim,vY;
float litAt(float id){ if(id>=uCounted||id<uLamps.x) return 1.; if(id>=uLamps.w) return 0.; float t=clamp((uLamps.y-id)/uLamps.z,0.,1.); return t*t*(3.-2.*t); }
void main(){ float id=float(gl_InstanceID); float h=fract(sin(id*12.9898)*43758.5453); vLit=litAt(id); float yaw=aShape.x*6.2831853/32767.;
 float grow=1.+vLit*uDay*.18; vec2 q=aCorner*aShape.yz*uScale*grow; vec3 p=sunk(aPane.xyz*uScale,aPane.w)+vec3(q.x*cos(yaw),q.y,-q.x*sin(yaw))+vec3(sin(yaw),0.,cos(yaw))*vLit*uDay*.03; vCorner=aCorner+.5;
 vec3 lit=mix(paneA,paneB,h); if(h>.93) lit=mix(vec3(.78,.93,1.),lit,uDay); vColour=mix(paneOff*(.85+.3*h),lit,vLit);
 vMist=mistAt(p); vDim=dimAt(p,aPane.w); vY=p.y; gl_Position=projectionMatrix*seen(p); }`;

export const paneFragment = `${precision}
uniform vec3 mist,dim,paneEdge; uniform float uClip,uDay; in vec3 vColour; in vec2 vCorner; in float vMist,vLit,vDim,vY; out vec4 o;
void main(){ if(vY<uClip) discard; float night=vLit*(1.-uDay); float g=mix(.92+.12*vCorner.y,1.08-.36*vCorner.y*vCorner.y,night);
 vec2 e=abs(vCorner-.5); vec3 c=vColour*g; c=mix(c,paneEdge,vLit*uDay*step(.36,max(e.x,e.y))); c=mix(c,mist,vMist*mix(1.,.5,vLit)); o=vec4(mix(c,dim,vDim*.82),1.); }`;

/** halos in the air (kind 0) and pools on the ground (kind 1, a shadow by day) */
export const haloVertex = `${precision}${seen}
in vec2 aCorner; in vec4 aAt; in vec4 aTint; in vec2 aKind; uniform float uDay; uniform vec4 uFocus; uniform vec2 uTerrace; out vec4 vTint; out vec2 vUv; out float vY,vShade;
void main(){ vUv=aCorner*2.; vY=aAt.y; float far=length(aAt.xyz-uFocus.xyz); float keep=(1.-uFocus.w*smoothstep(2.5,7.,far))*(1.-uTerrace.y*.8*(abs(aKind.y-uTerrace.x)<.5?0.:1.));
 vTint=vec4(aTint.rgb,aTint.a*(1.-uDay)*keep); vShade=aKind.x>.5?uDay*.6*aTint.a*keep:0.;
 if(aKind.x>.5){ vec3 p=aAt.xyz+vec3(aCorner.x,0.,aCorner.y)*aAt.w; vec4 v=seen(p); v.z+=.12; gl_Position=projectionMatrix*v; }
 else { vec4 v=seen(aAt.xyz); v.xy+=aCorner*aAt.w; v.z+=.6; gl_Position=projectionMatrix*v; } }`;

export const haloFragment = `${precision}
uniform float uClip; in vec4 vTint; in vec2 vUv; in float vY,vShade; out vec4 o;
void main(){ if(vY<uClip) discard; float d=max(0.,1.-length(vUv)); float k=d*d*(.4+.6*d)*vTint.a; float s=vShade*smoothstep(0.,.6,d); vec3 c=vTint.rgb*k; o=vec4(c,max(max(c.r,max(c.g,c.b))*.85,s)); }`;

const screenVertex = `${precision} in vec3 position; out vec2 vUv; void main(){ vUv=position.xy*.5+.5; gl_Position=vec4(position.xy,.9999,1.); }`;
export const skyVertex = screenVertex;
export const skyFragment = `${precision}
uniform vec3 sky0,sky1,sky2,sky3,sky4; uniform float uHorizon,uAspect,uDay; in vec2 vUv; out vec4 o;
float h(vec2 p){ return fract(sin(dot(p,vec2(127.1,311.7)))*43758.5); }
void main(){ float t=clamp((vUv.y-uHorizon)/max(.05,1.-uHorizon),0.,1.); vec3 c=mix(sky4,sky3,smoothstep(0.,.2,t)); c=mix(c,sky2,smoothstep(.1,.44,t)); c=mix(c,sky1,smoothstep(.34,.72,t)); c=mix(c,sky0,smoothstep(.6,1.,t));
 vec2 g=vec2(vUv.x*uAspect,vUv.y)*64.; float k=h(floor(g)); if(k>.93){ vec2 q=vec2(h(floor(g)+3.1),h(floor(g)+7.7))*.7+.15; float d=length(fract(g)-q); c+=(1.-uDay)*smoothstep(.08,0.,d)*.7*smoothstep(.4,.9,t)*(k-.9)*9.; }
 c+=(h(gl_FragCoord.xy)-.5)/255.; o=vec4(c,1.); }`;

export const waterVertex = `${precision} uniform mat4 viewMatrix,projectionMatrix; in vec3 position; out vec3 vW; void main(){ vW=position; gl_Position=projectionMatrix*viewMatrix*vec4(position,1.); }`;
export const waterFragment = `${precision}
uniform sampler2D uMirror; uniform vec2 uSize; uniform float uTime,uShoreZ,uFadeZ,uFarZ,uDay,uDepth; uniform vec3 waterNear,waterFar,mist,dim; uniform vec2 uTerrace; uniform vec4 uFocus; in vec3 vW; out vec4 o;
float wv(vec2 p){ return sin(p.x*.9+sin(p.y*1.7+uTime)*.8+uTime*.6)*.5+sin(p.x*-.55+p.y*2.6+uTime*1.1)*.5; }
void main(){ vec2 uv=gl_FragCoord.xy/uSize; float w=wv(vW.xz*.8),w2=wv(vW.zx*vec2(2.3,1.1)+4.); float far=clamp((uShoreZ-vW.z)/uFarZ,0.,1.); float near=clamp((vW.z-uShoreZ)/uFadeZ,0.,1.);
 vec2 off=vec2(w*.003+w2*.0014,w2*.0018)*(1.-far*.8); vec4 m=texture(uMirror,uv+off); float k=m.a*(1.-uDepth*near)*mix(.82,.44,uDay);
 vec3 base=mix(waterNear,waterFar,smoothstep(0.,.85,near)); base+=(.018+.012*uDay)*w*w2*(1.-near*.5);
 float st=smoothstep(.965,1.,sin(vW.z*1.9+sin(vW.x*.35+uTime*.4)*1.3)*.5+.5)*smoothstep(.35,.9,sin(vW.x*.33+vW.z*.7)*.5+.5); base+=st*mix(.075,.14,uDay)*(1.-far);
 vec3 c=mix(base,m.rgb,k); c=mix(c,mist,smoothstep(.25,1.,far)*.9); c=mix(c,mix(dim,c,.3),max(uTerrace.y,uFocus.w*.9)); o=vec4(c,1.); }`;

/** the sculpture on its own stage: shaded by where it faces now, so that the side toward the light is always the exact token */
export const soloVertex = `${precision} uniform mat4 viewMatrix,projectionMatrix,modelMatrix; in vec3 position; in vec3 aNormal; in float aStuff; uniform vec3 uFrontNight,uFrontDay,uStoneNight,uStoneDay; uniform vec3 uLight; uniform float uDay; out vec3 vColour;
void main(){ vec3 n=normalize(mat3(modelMatrix)*aNormal); vec3 a=mix(uFrontNight,uFrontDay,uDay); vec3 s=mix(uStoneNight,uStoneDay,uDay); vec3 b=aStuff>2.5?a*.52:(aStuff>1.5?s:(aStuff>.5?mix(a,s,mix(.5,.55,uDay)):a));
 float side=mix(.6,.74,uDay); float t=clamp(dot(n,uLight)/.85,0.,1.); vec3 c=b*(side+(1.-side)*t); float up=smoothstep(.45,.9,n.y); c=mix(c,b*.78+.22,up); vColour=c; gl_Position=projectionMatrix*viewMatrix*modelMatrix*vec4(position,1.); }`;
export const soloFragment = `${precision} in vec3 vColour; out vec4 o; void main(){ o=vec4(vColour,1.); }`;

export const ringVertex = `${precision}${matrices} in vec3 position; void main(){ gl_Position=projectionMatrix*viewMatrix*modelMatrix*vec4(position,1.); }`;
export const ringFragment = `${precision} uniform vec3 accent; uniform float uShow; out vec4 o; void main(){ o=vec4(accent*uShow,uShow); }`;

export const veilVertex = screenVertex;
export const veilFragment = `${precision} uniform sampler2D uPicture; uniform float uKeep; in vec2 vUv; out vec4 o; void main(){ o=vec4(texture(uPicture,vUv).rgb,uKeep); }`;
